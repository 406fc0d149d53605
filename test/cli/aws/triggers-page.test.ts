import { execFile, spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { parseRequest } from "../../../core/request/parse-request.ts";
import { stateMachineName } from "../../../infra/state-machine/tuning-state-machine.ts";
import type { PutEvent } from "../../../local/endpoint/events/put-events.ts";
import { isAllowed, type Statement } from "../../infra/support/policies.ts";
import { registerSimulation } from "../../support/test-endpoint.ts";
import { emptyFolder } from "../run-cli.ts";
import { playedAccount, small } from "./played-account.ts";

const page = readFileSync("docs/triggers.md", "utf8");
const repository = resolve(import.meta.dirname, "../../..");

const blocks = (language: string): readonly string[] =>
  [...page.matchAll(new RegExp(`^\`\`\`${language}\n([^]*?)^\`\`\``, "gm"))].map(([, code = ""]) => code);

/** The one block of JSON that has these members. */
const jsonWith = <Members extends string>(...members: readonly Members[]): Readonly<Record<Members, unknown>> => {
  const found = blocks("json")
    .map((text): Readonly<Record<string, unknown>> => JSON.parse(text))
    .filter((document) => members.every((name) => name in document));
  expect(found).toHaveLength(1);
  return found[0] as Readonly<Record<Members, unknown>>;
};

const python = "/usr/bin/python3";
const hasBoto3 = spawnSync(python, ["-c", "import boto3"]).status === 0;
const hasAwsCli = spawnSync("aws", ["--version"]).status === 0;

/** An account with the function that the page tunes, and a shell in a checkout whose `npx` runs this command line. */
const checkout = async () => {
  const events: PutEvent[] = [];
  const account = await playedAccount({ onEvent: (event) => events.push(event) });
  registerSimulation(account.endpoint, { functionName: "thumbnails", memorySizeMb: 512, timeoutSeconds: 30 });
  const cwd = emptyFolder();
  const bin = emptyFolder();
  const npx = `#!/bin/sh\nshift\nexec "${process.execPath}" "${join(repository, "cli/main.ts")}" "$@"\n`;
  writeFileSync(join(bin, "npx"), npx, { mode: 0o755 });
  mkdirSync(join(cwd, "tuning"));
  const budget = jsonWith("chargePerMillionUsd", "wastePercent");
  writeFileSync(join(cwd, "tuning", "budget.json"), JSON.stringify(budget));
  const env = {
    ...account.env,
    // The first version of the AWS CLI knows no other.
    AWS_DEFAULT_REGION: account.endpoint.region,
    PATH: `${bin}:${process.env["PATH"]}`,
    GITHUB_STEP_SUMMARY: join(cwd, "summary.md"),
  };
  const exec = promisify(execFile);
  return {
    ...account,
    cwd,
    events,
    execute: (program: string, ...args: readonly string[]) => exec(program, args, { cwd, env }),
    shell: (line: string) => exec("bash", ["-e", "-c", line], { cwd, env }),
  };
};

/** The `run` steps of a workflow but for the installation, which is this repository here. */
const stepsOf = (workflow: string): readonly string[] =>
  [...workflow.matchAll(/^ +- run: (.+)$/gm)].flatMap(([, line = ""]) => (line === "npm ci" ? [] : [line]));

describe("docs/triggers.md", { timeout: 120_000 }, () => {
  it("is linked from the front door", () => {
    expect(readFileSync("README.md", "utf8")).toContain("docs/triggers.md");
  });

  it("shows inputs that are requests", () => {
    const { request: ours } = parseRequest(jsonWith("functionArn", "payloads"));
    expect(ours).toMatchObject({ objective: { kind: "cost" }, budget: { maxUsd: 0.5 } });
    const { request: theirs, warnings } = parseRequest(jsonWith("lambdaARN"));
    expect(theirs.objective).toEqual({ kind: "balanced", weight: 0.25 });
    expect(warnings).toEqual([]);
  });

  it("shows a workflow whose steps do what it says", async () => {
    const { run, shell, cwd } = await checkout();
    const [workflow = "", pullRequest = ""] = blocks("yaml");
    await run(["tune", "thumbnails", ...small, "-y", "-q", "-o", "json", "--out", "tuning/thumbnails.json"], { cwd });
    expect(stepsOf(workflow)).toHaveLength(3);
    for (const step of stepsOf(workflow)) await shell(step);
    expect(readFileSync(join(cwd, "summary.md"), "utf8")).toMatch(/\*\*Memory\*\* \d+ MB/);

    mkdirSync(join(cwd, "src"));
    mkdirSync(join(cwd, "test"));
    writeFileSync(join(cwd, "src", "thumbnails.mjs"), "export const handler = async ({ key }) => key.length;\n");
    writeFileSync(join(cwd, "test", "event.json"), '{"key": "photos/1.jpg"}');
    expect(stepsOf(pullRequest)).toHaveLength(2);
    // Real time, on a machine that does other things: a few invocations, that nothing is concluded from.
    for (const step of stepsOf(pullRequest)) await shell(step.replace("tune ", `tune ${small.join(" ")} `));
  });

  it("says with what a step fails that is over its budget, and how one that is inconclusive is accepted", async () => {
    const { shell, cwd } = await checkout();
    const [workflow = ""] = blocks("yaml");
    const [tune = "", , check = ""] = stepsOf(workflow);
    const few = `${tune} --max-invocations 12`;
    await expect(shell(few)).rejects.toMatchObject({ code: 5 });
    const accepted = /`(\\\|\\\| \[ .+ \])` after the command accepts it/.exec(page)?.[1]?.replaceAll("\\", "") ?? "";
    await shell(`${few} ${accepted}`);
    writeFileSync(join(cwd, "tuning", "budget.json"), '{"chargePerMillionUsd": 0.01}');
    await expect(shell(check)).rejects.toMatchObject({ code: 4 });
  });

  it.skipIf(!hasAwsCli)("shows commands of the AWS CLI that start a run and read its report", async () => {
    const { shell, run, cwd, executions } = await checkout();
    const [, commands = ""] = blocks("console");
    const [start = "", read = ""] = commands.split(/\n(?=aws )/);
    const { stateMachineArn } = JSON.parse(
      (await shell("aws ssm get-parameter --name /lambda-tuner/default --query Parameter.Value --output text")).stdout,
    );
    const executionArn = (await shell(`STATE_MACHINE_ARN=${stateMachineArn}\n${start}`)).stdout.trim();
    while ((await executions())[0]?.status === "RUNNING") await new Promise((later) => setTimeout(later, 20));
    await shell(`EXECUTION_ARN=${executionArn}\n${read}`);
    expect((await run(["report", "report.json"], { cwd })).code).toBe(0);
  });

  it("shows a program for JavaScript that prints the advice", async () => {
    const { execute } = await checkout();
    // Where it finds the SDK as it would beside its own dependencies.
    const folder = join(repository, "node_modules", ".lambda-tuner-test");
    const file = join(folder, `triggers-${process.pid}.mjs`);
    mkdirSync(folder, { recursive: true });
    onTestFinished(() => rmSync(file));
    writeFileSync(file, (blocks("js")[0] ?? "").replace("10_000", "20"));
    expect((await execute(process.execPath, file)).stdout).toMatch(/^\d+ MB, \d+ s\n$/);
  });

  it.skipIf(!hasBoto3)("shows a program for Python that prints the advice", async () => {
    const { execute, endpoint } = await checkout();
    // Releases of boto3 before 1.28 do not read the variable by themselves.
    const program = (blocks("python")[0] ?? "")
      .replace("time.sleep(10)", "time.sleep(0.02)")
      .replaceAll(
        /boto3\.client\((".+?")\)/g,
        `boto3.client($1, endpoint_url="${endpoint.url}", region_name="us-east-1")`,
      );
    expect((await execute(python, "-c", program)).stdout).toMatch(/^\d+ MB, \d+ s\n$/);
  });

  it("shows a pattern that the event of a run matches, and names what is in it", async () => {
    const { run, events } = await checkout();
    await run(["tune", "thumbnails", ...small, "-y", "-q"]);
    const [event] = events;
    const pattern = jsonWith("source", "detail-type", "detail");
    expect(pattern["source"]).toContain(event?.source);
    expect(pattern["detail-type"]).toContain(event?.detailType);
    const detail = event?.detail as Readonly<Record<string, unknown>>;
    for (const [name, values] of Object.entries(pattern["detail"] as object)) expect(values).toContain(detail[name]);
    const named = /The event's `detail` has (.+?), the report's place/s.exec(page)?.[1]?.match(/\w+(?=`)/g);
    expect(named?.toSorted()).toEqual(Object.keys(detail).toSorted());
  });

  describe("shows a schedule", () => {
    let schedule: Readonly<Record<string, unknown>> = {};
    let target: Readonly<Record<string, string>> = {};
    beforeAll(() => {
      schedule = jsonWith("ScheduleExpression");
      target = schedule["Target"] as Readonly<Record<string, string>>;
    });

    it("of a request", () => {
      const { request } = parseRequest(JSON.parse(target["Input"] ?? ""));
      expect(request).toMatchObject({ functionArn: "thumbnails", lookbackDays: 30 });
    });

    it("of the state machine that the stack makes", () => {
      expect(target["Arn"]).toMatch(new RegExp(`:stateMachine:${stateMachineName("default")}$`));
    });

    it("whose role may start it, and nothing else", async () => {
      const policies = blocks("json").map((text): { readonly Statement?: readonly Statement[] } => JSON.parse(text));
      const role = policies.find(({ Statement: [only] = [] }) => only?.Action === "states:StartExecution");
      const start = { role: "scheduler", action: "states:StartExecution", resource: target["Arn"] ?? "" };
      expect(await isAllowed(role?.Statement ?? [], start)).toBe(true);
      expect(await isAllowed(role?.Statement ?? [], { ...start, resource: `${start.resource}-2` })).toBe(false);
    });

    it.skipIf(!hasAwsCli)("that the AWS CLI takes", async () => {
      const { execute } = await checkout();
      const given = ["--cli-input-json", JSON.stringify(schedule), "--generate-cli-skeleton", "output"];
      expect((await execute("aws", "scheduler", "create-schedule", ...given)).stdout).toContain("ScheduleArn");
      const wrong = ["--cli-input-json", JSON.stringify({ ...schedule, Cadence: 1 }), ...given.slice(2)];
      await expect(execute("aws", "scheduler", "create-schedule", ...wrong)).rejects.toThrow(/Cadence/);
    });
  });

  it("shows who may take the role of the workflow: this repository's main branch alone", () => {
    const trust = blocks("json").filter((text) => text.includes("sts:AssumeRoleWithWebIdentity"));
    expect(trust).toHaveLength(1);
    const { Statement: statements } = JSON.parse(trust[0] ?? "");
    expect(Object.keys(statements[0].Condition.StringEquals)).toEqual([
      "token.actions.githubusercontent.com:aud",
      "token.actions.githubusercontent.com:sub",
    ]);
  });
});
