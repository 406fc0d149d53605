import { execFileSync } from "node:child_process";
import { describe, expect, it, vi } from "vitest";
import { failureSchema } from "../../cli/output/failure-document.ts";
import { isAlive } from "../local/sandbox/support/is-alive.ts";
import { handlerFile, startCli } from "./run-cli.ts";

const slow = [
  "tune",
  handlerFile("slow.mjs"),
  "--method",
  "fixed",
  "--memory",
  "256,512",
  "--invocations",
  "100",
  "--debug",
  "--output",
  "json",
];

/** Ids of all that a run has started, once an execution environment is among them. */
const environmentsOf = (runId: number): readonly number[] | undefined => {
  const rows = execFileSync("ps", ["-eo", "pid=,ppid=,args="], { encoding: "utf8" })
    .split("\n")
    .map((line) => /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [])
    .map(([, id, parent, command = ""]) => ({ id: Number(id), parent: Number(parent), command }));
  const family = [runId];
  // The list grows while it is walked.
  for (const member of family) family.push(...rows.filter(({ parent }) => parent === member).map(({ id }) => id));
  const hasEnvironment = rows.some(({ id, command }) => family.includes(id) && /sandbox.bootstrap/.test(command));
  return hasEnvironment ? family.slice(1) : undefined;
};

describe("an interrupted run", { timeout: 60_000 }, () => {
  it.each([
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ] as const)("stops at %s, puts the function back and exits %d with one JSON document", async (signal, expected) => {
    const run = startCli(slow);
    await run.shows("entered Measure");
    run.kill(signal);
    const { code, stdout, stderr } = await run.result;
    expect(code).toBe(expected);
    expect(stderr).toContain("Stopping: no new invocation is sent");
    const { error } = failureSchema.parse(JSON.parse(stdout));
    expect(error).toMatchObject({ name: "Tuner.Interrupted", exitCode: expected });
    expect(error.message).toContain("the target is as it was");
  });

  it("ends at once at the second signal and says what is left to repair", async () => {
    const run = startCli(slow);
    await run.shows("entered Measure");
    run.kill("SIGINT");
    await run.shows("Stopping:");
    run.kill("SIGINT");
    const { code, stdout, stderr } = await run.result;
    expect(code).toBe(130);
    // The clean-up may have been quicker than the second signal; then there is nothing to end.
    expect(stderr).toMatch(/nothing to repair|the target is as it was/);
    expect(failureSchema.parse(JSON.parse(stdout)).error.exitCode).toBe(130);
  });

  it.each(["SIGINT", "SIGTERM", "SIGKILL"] as const)("leaves no process behind at %s", async (signal) => {
    const run = startCli(slow);
    await run.shows("entered Measure");
    const started = await vi.waitUntil(() => environmentsOf(run.pid), { timeout: 20_000 });
    run.kill(signal);
    await run.result;
    await vi.waitFor(() => expect(started.filter(isAlive)).toEqual([]), { timeout: 10_000 });
  });
});

describe("a reader that goes away", { timeout: 60_000 }, () => {
  it("is no failure", async () => {
    const run = startCli(["schema", "report"]);
    run.closeStdout();
    const { code, stderr } = await run.result;
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  });
});
