import {
  GetFunctionConfigurationCommand,
  ListVersionsByFunctionCommand,
  UpdateFunctionConfigurationCommand,
} from "@aws-sdk/client-lambda";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { failureSchema } from "../../../cli/output/failure-document.ts";
import { formatUsd } from "../../../core/report/format-usd.ts";
import { reportSchema } from "../../../core/report/schema.ts";
import { latestDescription } from "../../../core/run/run-marker.ts";
import { playedAccount, small } from "./played-account.ts";

const arn = "arn:aws:lambda:us-east-1:123456789012:function:thumbs";

const parsedReport = (stdout: string) => reportSchema.parse(JSON.parse(stdout));

describe("tuning a deployed function", { timeout: 60_000 }, () => {
  it("follows a run to its report, shows it, keeps it, and leaves the function as it was", async () => {
    const { run, lambda, cwd } = await playedAccount();
    const { code, stdout, stderr } = await run(["tune", "thumbs", ...small, "--yes"]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^thumbs\n/);
    expect(stdout).toContain("Restored    1024 MB, 60 s, code and all other settings are what they were");
    expect(stderr).toMatch(
      /^Tuning thumbs \(us-east-1, 1024 MB, 60 s\)\.\nExpectations rest on an assumed duration .*\nRun thumbs-[0-9a-f]{16}\nEstimate: /,
    );
    expect(stderr).toMatch(/Round 1: {3}256 MB {2}mean .* ms, 4 invocations\n/);
    const [, file = ""] = /Report: (\S+)\n/.exec(stderr) ?? [];
    const report = parsedReport(readFileSync(join(cwd, file), "utf8"));
    expect(report.reportUri).toBe(`s3://lambda-tuner-reports/reports/thumbs/${report.run.id}.json`);
    const { Versions: versions = [] } = await lambda.send(
      new ListVersionsByFunctionCommand({ FunctionName: "thumbs" }),
    );
    expect(versions.map(({ Version: version }) => version)).toEqual(["$LATEST"]);
  });

  it("warns before it asks, when production calls $LATEST", async () => {
    const { run, endpoint } = await playedAccount();
    const dimensions = { FunctionName: "thumbs", Resource: "thumbs" };
    endpoint.metrics.put("AWS/Lambda", "Duration", dimensions, {
      epochMs: Date.now() - 3_600_000,
      value: 100,
      count: 4000,
    });
    const { code, stderr } = await run(["tune", "thumbs", ...small]);
    expect(code).toBe(2);
    expect(stderr).toContain("warning: Production calls $LATEST (4,000 invocations in 14 days): while versions");
  });

  it("takes the region of an ARN, and prints one JSON document", async () => {
    const { run } = await playedAccount({ region: "eu-west-1" });
    const target = arn.replace("us-east-1", "eu-west-1");
    const { code, stdout, stderr } = await run(["tune", target, ...small, "-y", "-q", "-o", "json"], {
      env: { AWS_REGION: "" },
    });
    expect([code, stderr]).toEqual([0, ""]);
    expect(parsedReport(stdout)).toMatchObject({ functionArn: target, prices: { region: "eu-west-1" } });
  });

  it("says once what it expects, from the report of an earlier run where there is one", async () => {
    const { run, cwd } = await playedAccount();
    await run(["tune", "thumbs", ...small, "-y"]);
    const { run: runAnew } = await playedAccount();
    const { stdout } = await runAnew(["estimate", "thumbs", ...small, "-o", "json"], { cwd });
    const { stderr } = await runAnew(["tune", "thumbs", ...small, "-y"], { cwd });
    const [, expected] = /Estimate: .* and (\$[\d.]+), at most/.exec(stderr) ?? [];
    expect(stderr).toMatch(/Expectations rest on .* seen in run thumbs-/);
    expect(stderr.match(/Estimate: /g)).toHaveLength(1);
    expect(stderr).not.toContain("assumed");
    expect(formatUsd(JSON.parse(stdout).estimate.expectedUsd)).toBe(expected);
  });

  it("starts nothing without an answer to its question", async () => {
    const { run, callsOf } = await playedAccount();
    const { code, stdout, stderr } = await run(["tune", "thumbs", ...small, "-o", "json"]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/Start a run of about 12 invocations and .*: \$.* expected, at most \$.*\?.*--yes/);
    expect(failureSchema.parse(JSON.parse(stdout)).error.name).toBe("Tuner.Usage");
    expect(callsOf("StartExecution")).toBe(0);
  });

  it("answers the same request from the same run, and measures anew when asked to or when something changed", async () => {
    const { run, executions, callsOf } = await playedAccount();
    const first = await run(["tune", "thumbs", ...small, "-y", "-o", "json"]);
    const again = await run(["tune", arn, ...small, "-o", "json"]);
    expect(again.code).toBe(0);
    expect(again.stderr).toContain("nothing is measured or charged");
    expect(again.stdout).toBe(first.stdout);
    expect(callsOf("StartExecution")).toBe(1);
    await run(["tune", "thumbs", ...small, "-y", "--again"]);
    await run(["tune", "thumbs", ...small, "-y", "--objective", "speed"]);
    const [third, second, original] = (await executions()).map(({ name }) => name);
    expect(second).toBe(`${original}-2`);
    expect(third).not.toContain(original);
  });

  it("reads request and target from the config", async () => {
    const { run, cwd } = await playedAccount();
    const config = {
      sampling: { method: "fixed", invocationsPerSize: 2 },
      functions: { images: { target: "thumbs", memory: { sizesMb: [512, 1024] } } },
    };
    writeFileSync(join(cwd, "lambda-tuner.config.json"), JSON.stringify(config));
    const { code, stdout } = await run(["tune", "images", "-y", "-q", "-o", "json"]);
    expect(code).toBe(0);
    expect(parsedReport(stdout).measurements.map(({ memorySizeMb }) => memorySizeMb)).toEqual([512, 1024]);
  });

  it("applies the advice when asked to", async () => {
    const { run, lambda } = await playedAccount({ simulation: { memoryMB: [128, 1024], meanDurationMs: [8, 8] } });
    const { code, stdout } = await run(["tune", "thumbs", ...small, "-y", "-q", "-o", "json", "--apply", "memory"]);
    expect(code).toBe(0);
    expect(parsedReport(stdout).applied).toEqual({ memorySizeMb: 256, undo: { memorySizeMb: 1024 } });
    const { MemorySize: memory } = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName: "thumbs" }));
    expect(memory).toBe(256);
  });

  it("makes every dry run anew, without asking", async () => {
    const { run, executions } = await playedAccount();
    for (let time = 1; time <= 2; time += 1) {
      const { code, stdout } = await run(["tune", "thumbs", "--dry-run", "-q", "-o", "json"]);
      expect(code).toBe(0);
      expect(JSON.parse(stdout)).toMatchObject({ dryRun: true, invocation: { status: "ok" } });
    }
    expect(await executions()).toHaveLength(2);
  });

  it("estimates without a run", async () => {
    const { run, callsOf } = await playedAccount();
    const { code, stdout } = await run(["estimate", "thumbs", ...small]);
    expect(code).toBe(0);
    expect(stdout).toContain("12 invocations expected");
    expect(stdout).not.toContain("on this machine");
    expect(callsOf("StartExecution")).toBe(0);
  });
});

describe("a run that fails in AWS", { timeout: 60_000 }, () => {
  it("exits 1 with the function's own error when every size fails", async () => {
    const { run } = await playedAccount({
      simulation: { memoryMB: [128], meanDurationMs: [10], outOfMemoryBelowMB: 10_240 },
    });
    const { code, stdout, stderr } = await run(["tune", "thumbs", ...small, "-y", "-o", "json", "-q"]);
    expect(code).toBe(1);
    expect(stderr).toContain("OutOfMemory");
    expect(failureSchema.parse(JSON.parse(stdout)).error.name).toBe("Tuner.AllSizesFailed");
  });

  it("may be tried again", async () => {
    const { run, executions, endpoint } = await playedAccount();
    endpoint.injectFault({
      operation: "lambda:PublishVersion",
      times: 1000,
      error: { status: 403, type: "AccessDeniedException" },
    });
    expect((await run(["tune", "thumbs", ...small, "-y"])).code).toBe(3);
    expect((await run(["tune", "thumbs", ...small, "-y"])).code).toBe(3);
    const [second, first] = (await executions()).map(({ name }) => name);
    expect(second).toBe(`${first}-2`);
  });

  it.each([
    ["the fixed method", small],
    ["the adaptive method", []],
  ])("exits 4 when the budget cannot hold the smallest run of %s, and starts none", async (_what, flags) => {
    const { run, executions } = await playedAccount();
    const { code, stdout } = await run(["tune", "thumbs", ...flags, "-y", "-o", "json", "--max-usd", "0.0000001"]);
    expect(code).toBe(4);
    expect(failureSchema.parse(JSON.parse(stdout)).error.name).toBe("Tuner.BudgetExceeded");
    expect(await executions()).toEqual([]);
  });
});

describe("a run that is under way", { timeout: 60_000 }, () => {
  it("is joined by the same request", async () => {
    const { start, run, measuring, release, executions } = await playedAccount();
    const first = start(["tune", "held", ...small, "-y", "-o", "json"]);
    await measuring();
    const second = start(["tune", "held", ...small, "-o", "json"]);
    await second.shows("is under way with this very request: following it");
    release();
    const { code, stdout } = await second.result;
    expect(code).toBe(0);
    expect(stdout).toBe((await first.result).stdout);
    expect(await executions()).toHaveLength(1);
    expect((await run(["tune", "held", ...small])).stderr).toContain("has answered this request");
  });

  it("is joined while it changes the function, too", async () => {
    const { start, measuring, release, executions, lambda } = await playedAccount();
    const first = start(["tune", "held", ...small, "-y", "-o", "json"]);
    await measuring();
    const [{ name = "" } = {}] = await executions();
    const mark = (description: string) =>
      lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName: "held", Description: description }));
    await mark(latestDescription(name, 512, 1));
    const second = start(["tune", "held", ...small, "-o", "json"]);
    await second.shows("is under way with this very request: following it");
    await mark("");
    release();
    expect(await second.result).toMatchObject({ code: 0, stdout: (await first.result).stdout });
  });

  it("keeps another request off the function, and is named", async () => {
    const { start, run, measuring, release, executions } = await playedAccount();
    const first = start(["tune", "held", ...small, "-y"]);
    await measuring();
    const [{ name = "" } = {}] = await executions();
    const { code, stdout } = await run(["tune", "held", "--preset", "quick", "-y", "-o", "json"]);
    expect(code).toBe(1);
    const { error } = failureSchema.parse(JSON.parse(stdout));
    expect(error.name).toBe("Tuner.AlreadyRunning");
    expect(error.message).toContain(`run ${name}`);
    release();
    expect((await first.result).code).toBe(0);
  });

  it("is followed from its beginning by its id or its ARN, also after its end", async () => {
    const { start, run, measuring, release, executions } = await playedAccount();
    const first = start(["tune", "held", ...small, "-y", "-o", "json"]);
    await measuring();
    const [{ name = "", executionArn = "" } = {}] = await executions();
    const followed = start(["tune", "--follow", name, "-o", "json"]);
    await followed.shows("Estimate: ");
    release();
    const { stdout } = await first.result;
    const { stderr, ...result } = await followed.result;
    expect(result).toEqual({ code: 0, stdout });
    expect(stderr).toMatch(/^Estimate: .*\nRound 1: /);
    expect(await run(["tune", "--follow", executionArn, "-o", "json", "-q"])).toEqual({ code: 0, stdout, stderr: "" });
  });

  it("is not there when its name is wrong", async () => {
    const { run } = await playedAccount();
    const { code, stderr } = await run(["tune", "--follow", "thumbs-0000000000000000"]);
    expect(code).toBe(2);
    expect(stderr).toContain("There is no run thumbs-0000000000000000 in us-east-1");
  });
});

describe("the report of a run in AWS", { timeout: 60_000 }, () => {
  it("is found by the run's id, by its ARN and by its address in S3", async () => {
    const { run, executions, cwd } = await playedAccount();
    const { stdout } = await run(["tune", "thumbs", ...small, "-y", "-o", "json"]);
    rmSync(join(cwd, ".lambda-tuner"), { recursive: true });
    const [{ name = "", executionArn = "" } = {}] = await executions();
    expect(await run(["report", name, "-o", "json"])).toEqual({ code: 0, stdout, stderr: "" });
    expect((await run(["report", executionArn, "-o", "json"])).stdout).toBe(stdout);
    const { reportUri = "", ...report } = parsedReport(stdout);
    const stored = await run(["report", reportUri, "-o", "json"]);
    expect(parsedReport(stored.stdout)).toEqual(report);
  });

  it("is refused while the run is under way, and when there is none", async () => {
    const { start, run, measuring, release, executions } = await playedAccount();
    const first = start(["tune", "held", ...small, "-y"]);
    await measuring();
    const [{ name = "" } = {}] = await executions();
    const refusals = [
      [name, `lambda-tuner tune --follow ${name}`],
      ["nobody", "There is no run nobody"],
      ["s3://lambda-tuner-reports/reports/nobody.json", "There is no s3://"],
    ] as const;
    for (const [source, message] of refusals) {
      const { code, stderr } = await run(["report", source]);
      expect(code).toBe(2);
      expect(stderr).toContain(message);
    }
    release();
    await first.result;
  });
});
