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

  it("calls nobody where nothing says how", async () => {
    const { stdout } = await runCli(["doctor", "-o", "json"], { env: { HOME: emptyFolder() } });
    expect(about(stdout, "AWS")).toMatchObject([{ state: "good", found: expect.stringContaining("not set up") }]);
  });
});
