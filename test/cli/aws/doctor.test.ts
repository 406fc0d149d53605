import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { emptyFolder, runCli } from "../run-cli.ts";
import { playedAccount } from "./played-account.ts";

type Findings = readonly {
  readonly subject: string;
  readonly state: string;
  readonly found: string;
  readonly fix?: string;
}[];

const findingsIn = (stdout: string) => (JSON.parse(stdout) as { readonly findings: Findings }).findings;

const about = (stdout: string, subject: string) => findingsIn(stdout).filter((finding) => finding.subject === subject);

describe("doctor", { timeout: 60_000 }, () => {
  it("finds credentials, region, the deployed version, permissions, quotas and the function's kind", async () => {
    const { run, callsOf, executions } = await playedAccount();
    const { code, stdout } = await run(["doctor", "thumbs", "-o", "json"]);
    expect(code).toBe(0);
    const account = findingsIn(stdout).slice(
      findingsIn(stdout).findIndex(({ subject }) => subject === "AWS credentials"),
    );
    expect(account.map(({ subject, state }) => `${subject}: ${state}`)).toEqual([
      "AWS credentials: good",
      "AWS region: good",
      "Deployed: good",
      "Permissions: good",
      "Concurrency: good",
      "Memory quota: good",
      "Function: good",
    ]);
    expect(about(stdout, "Function")[0]?.found).toMatch(/:function:thumbs: .*1024 MB, 60 s/);
    expect(await executions()).toEqual([]);
    expect(callsOf("UpdateFunctionConfiguration")).toBe(0);
  });

  it("names every permission that is missing, and what to do", async () => {
    const { run, endpoint } = await playedAccount();
    for (const operation of ["states:StartExecution", "states:StopExecution", "lambda:Invoke"]) {
      endpoint.injectFault({ operation, error: { status: 400, type: "AccessDeniedException" } });
    }
    const { code, stdout } = await run(["doctor", "--region", "us-east-1", "-o", "json"]);
    expect(code).toBe(3);
    expect(about(stdout, "Permissions")).toEqual(
      ["states:StartExecution", "states:StopExecution", "lambda:InvokeFunction"].map((action) => ({
        subject: "Permissions",
        state: "missing",
        found: expect.stringContaining(`${action} is not granted on arn:aws:`),
        fix: expect.stringContaining("doctor --policy"),
      })),
    );
  });

  it("tells what a new account lacks, and why a function cannot be tuned", async () => {
    const { run } = await playedAccount({ account: { concurrentExecutions: 10 } });
    const { code, stdout } = await run(["doctor", "nope", "-o", "json"]);
    expect(code).toBe(3);
    expect(about(stdout, "Function")).toMatchObject([
      { state: "missing", fix: expect.stringContaining("no Lambda function") },
    ]);
    expect(about(stdout, "Concurrency")).toMatchObject([
      { state: "limited", fix: expect.stringContaining("Service Quotas") },
    ]);
  });

  it("fails for what is missing in an account that was asked about, and only then", async () => {
    const { run } = await playedAccount({ stack: false });
    const asked = await run(["doctor", "--region", "us-east-1", "-o", "json"]);
    expect(asked.code).toBe(3);
    expect(about(asked.stdout, "Deployed")).toMatchObject([
      { state: "missing", fix: expect.stringContaining("lambda-tuner deploy") },
    ]);
    const byTheWay = await run(["doctor", "-o", "json"]);
    expect(byTheWay.code).toBe(0);
    expect(about(byTheWay.stdout, "Deployed")).toMatchObject([{ state: "limited" }]);
  });

  it("looks at code on this machine without asking about AWS", async () => {
    const cwd = emptyFolder();
    writeFileSync(join(cwd, "good.mjs"), "export const handler = async () => 1;");
    writeFileSync(join(cwd, "broken.mjs"), "export const handler = async ( => 1;");
    writeFileSync(join(cwd, "lambda-tuner.config.json"), '{"functions": {"hash": {"target": "./good.mjs"}}}');
    const functionIn = async (target: string) => {
      const { code, stdout } = await runCli(["doctor", target, "-o", "json"], { cwd, env: { HOME: cwd } });
      expect(about(stdout, "AWS")).toMatchObject([{ state: "good" }]);
      return { code, ...about(stdout, "Function")[0] };
    };
    const good = { code: 0, subject: "Function", state: "good", found: "good.mjs: nodejs, handler handler" };
    expect(await functionIn("good.mjs")).toEqual(good);
    expect(await functionIn("hash")).toEqual(good);
    expect(await functionIn("./missing.mjs")).toMatchObject({
      code: 3,
      state: "missing",
      fix: expect.stringContaining("there is no file"),
    });
    expect(await functionIn("broken.mjs")).toMatchObject({
      code: 3,
      state: "missing",
      fix: expect.stringContaining("broken.mjs"),
    });
  });

  it("has no policy for a path", async () => {
    const { code, stderr } = await runCli(["doctor", "./handler.mjs", "--policy"], { env: { HOME: emptyFolder() } });
    expect(code).toBe(2);
    expect(stderr).toContain("--policy is about a deployed function, and ./handler.mjs is a path");
  });

  it("calls nobody where nothing says how", async () => {
    const { stdout } = await runCli(["doctor", "-o", "json"], { env: { HOME: emptyFolder() } });
    expect(about(stdout, "AWS")).toMatchObject([{ state: "good", found: expect.stringContaining("not set up") }]);
  });
});
