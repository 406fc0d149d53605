import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { isAlive } from "./support/is-alive.ts";
import {
  answerOf,
  functionFile,
  keepSandboxOpen,
  openSandbox,
  type Sandboxed,
  sandboxed,
} from "./support/sandboxed.ts";

keepSandboxOpen();

// Control groups where they work here, and always the way that works everywhere.
describe.each([{ backend: undefined }, { backend: "duty-cycle" }] as const)(
  "with the backend $backend",
  ({ backend }) => {
    let sandbox: Sandboxed;
    beforeAll(async () => {
      sandbox = await openSandbox(functionFile("misbehaving.mjs"), backend === undefined ? {} : { backend });
    });
    afterAll(() => sandbox.runner.close());

    it("says how CPU is limited", () => {
      const { cpu } = sandbox.runner;
      expect(cpu?.backend).toMatch(backend ?? /^(cgroup-v1|cgroup-v2|duty-cycle)$/);
      expect(cpu?.approximate).toBe(cpu?.backend === "duty-cycle");
      expect(cpu?.cappedAtMb).toBeGreaterThan(0);
      expect(cpu?.notes.length === 0).toBe(cpu?.approximate === false);
    });

    it("starts an environment once and then finds it warm", async () => {
      const cold = await sandbox.invoke({ act: "count" }, { version: "warm" });
      const warm = await sandbox.invoke({ act: "count" }, { version: "warm" });
      expect([answerOf(cold), answerOf(warm)]).toEqual([1, 2]);
      expect(cold.report.initDurationMs).toBeGreaterThan(0);
      expect(warm.report.initDurationMs).toBeUndefined();
      expect(warm.report).toMatchObject({ status: "success", memorySizeMb: 1769 });
    });

    it("bills the start with the invocation that caused it, and rounds up once", async () => {
      const { report } = await sandbox.invoke({ act: "count" }, { version: "billed" });
      expect(report.billedDurationMs).toBe(
        Math.ceil(Math.round((report.durationMs + (report.initDurationMs ?? 0)) * 100) / 100),
      );
    });

    it("keeps versions apart", async () => {
      await sandbox.invoke({ act: "count" }, { version: "one" });
      expect(answerOf(await sandbox.invoke({ act: "count" }, { version: "other" }))).toBe(1);
    });

    it("does not serve new settings of a version from an environment of the old", async () => {
      await sandbox.invoke({ act: "count" }, { version: "$LATEST", memorySizeMb: 512 });
      const changed = await sandbox.invoke({ act: "count" }, { version: "$LATEST", memorySizeMb: 640 });
      expect(answerOf(changed)).toBe(1);
    });

    it("starts an environment for each of two invocations at once", async () => {
      const both = await Promise.all([1, 2].map(() => sandbox.invoke({ act: "count" }, { version: "both" })));
      expect(both.map(answerOf)).toEqual([1, 1]);
    });

    it("ends a retired version's environments", async () => {
      await sandbox.invoke({ act: "count" }, { version: "retired" });
      await sandbox.runner.retire("retired");
      expect(answerOf(await sandbox.invoke({ act: "count" }, { version: "retired" }))).toBe(1);
    });

    it("reports an error that the handler throws, and keeps the environment", async () => {
      const result = await sandbox.invoke({ act: "throw" }, { version: "throws" });
      expect(result.functionError).toBe("Handled");
      expect(answerOf(result)).toMatchObject({ errorType: "TypeError", errorMessage: "not today" });
      expect(result.report).toMatchObject({ status: "error", errorType: "TypeError" });
      expect(result.output).toContain("not today");
      expect(answerOf(await sandbox.invoke({ act: "count" }, { version: "throws" }))).toBe(2);
    });

    it.each([
      ["nothing", null],
      ["leak a timer", "leaked"],
    ])("answers when the handler's act is to %s", async (act, expected) => {
      const result = await sandbox.invoke({ act });
      expect(result.functionError).toBeUndefined();
      expect(answerOf(result)).toBe(expected);
    });

    it("keeps the last 64 KB of 10 MB of output, and none of it for the next invocation", async () => {
      const result = await sandbox.invoke({ act: "print 10 MB" }, { version: "prints" });
      expect(Buffer.byteLength(result.output)).toBeLessThanOrEqual(65_536);
      expect(result.output).toMatch(/the end\n$/);
      expect((await sandbox.invoke({ act: "nothing" }, { version: "prints" })).output).toBe("");
    });

    it.each([
      [0, "Runtime exited without providing a reason"],
      [3, "Runtime exited with error: exit status 3"],
    ])("reports a process that exits with %d, and starts a new one for the next invocation", async (code, message) => {
      const version = `exits-${code}`;
      const result = await sandbox.invoke({ act: "exit", code }, { version, requestId: "the-id" });
      expect(result.functionError).toBe("Unhandled");
      expect(answerOf(result)).toEqual({
        errorType: "Runtime.ExitError",
        errorMessage: `RequestId: the-id Error: ${message}`,
      });
      expect(result.report).toMatchObject({ status: "error", errorType: "Runtime.ExitError" });
      const next = await sandbox.invoke({ act: "count" }, { version });
      expect(answerOf(next)).toBe(1);
      expect(next.report.initDurationMs).toBeGreaterThan(0);
    });

    it.each(["hang", "spin", "ignore SIGTERM"])("ends a handler at its timeout when its act is to %s", async (act) => {
      const result = await sandbox.invoke({ act }, { timeoutSeconds: 1, requestId: "the-id" });
      expect(result.functionError).toBe("Unhandled");
      expect(answerOf(result)).toEqual({
        errorType: "Sandbox.Timedout",
        errorMessage: "RequestId: the-id Error: Task timed out after 1.00 seconds",
      });
      expect(result.report).toMatchObject({ status: "timeout", durationMs: 1000 });
      expect(result.report.errorType).toBeUndefined();
    });

    it("reports a function that needs more memory than it has", async () => {
      const result = await sandbox.invoke({ act: "allocate", megabytes: 1000 }, { memorySizeMb: 256 });
      expect(answerOf(result)).toMatchObject({
        errorType: "Runtime.OutOfMemory",
        errorMessage: expect.stringContaining("Runtime exited with error: signal: killed"),
      });
      expect(result.report).toMatchObject({
        status: "error",
        errorType: "Runtime.OutOfMemory",
        memorySizeMb: 256,
        maxMemoryUsedMb: 256,
      });
    });

    it("tells a process that someone else killed from one that ran out of memory", async () => {
      const id = Number(answerOf(await sandbox.invoke({ act: "pid" }, { version: "killed" })));
      const result = sandbox.invoke({ act: "hang" }, { version: "killed" });
      setTimeout(() => process.kill(id, "SIGKILL"), 300);
      expect(answerOf(await result)).toMatchObject({
        errorType: "Runtime.ExitError",
        errorMessage: expect.stringContaining("another process killed it"),
      });
    });

    it("starts a new environment when an idle one was killed", async () => {
      const id = Number(answerOf(await sandbox.invoke({ act: "pid" }, { version: "killed idle" })));
      process.kill(id, "SIGKILL");
      // Its id is gone when the sandbox has noticed.
      await vi.waitFor(() => expect(() => process.kill(id, 0)).toThrow("ESRCH"));
      expect(answerOf(await sandbox.invoke({ act: "count" }, { version: "killed idle" }))).toBe(1);
    });

    it("reports how much memory was used", async () => {
      const before = await sandbox.invoke({ act: "count" }, { version: "memory" });
      const after = await sandbox.invoke({ act: "allocate", megabytes: 100 }, { version: "memory" });
      const since = await sandbox.invoke({ act: "count" }, { version: "memory" });
      expect(before.report.maxMemoryUsedMb).toBeGreaterThan(10);
      expect(after.report.maxMemoryUsedMb - before.report.maxMemoryUsedMb).toBeGreaterThanOrEqual(90);
      expect(since.report.maxMemoryUsedMb).toBeGreaterThanOrEqual(after.report.maxMemoryUsedMb);
    });

    it("gives a quarter of the memory about a quarter of the CPU", async () => {
      const durations: Record<number, number> = {};
      for (const memorySizeMb of [442, 1769]) {
        const overrides = { memorySizeMb, version: `share-${memorySizeMb}` };
        await sandbox.invoke({ act: "spend", ms: 20 }, overrides);
        const { report } = await sandbox.invoke({ act: "spend", ms: 100 }, overrides);
        durations[memorySizeMb] = report.durationMs;
      }
      // The smaller size takes 400 ms of clock time for 100 ms of CPU time however busy the machine is.
      expect(durations[442]).toBeGreaterThan(300);
    });

    it.each([{ detached: false }, { detached: true }])("leaves no forked child behind: %o", async ({ detached }) => {
      const version = `forks-${detached}`;
      const child = Number(answerOf(await sandbox.invoke({ act: "fork", detached }, { version })));
      expect(isAlive(child)).toBe(true);
      await sandbox.runner.retire(version);
      expect(isAlive(child)).toBe(false);
    });

    it("ends an invocation whose caller goes away", async () => {
      const caller = new AbortController();
      const result = sandbox.invoke({ act: "hang" }, { version: "aborted", signal: caller.signal });
      setTimeout(() => caller.abort(new Error("hung up")), 300);
      await expect(result).rejects.toThrow("The caller has gone.");
      expect(answerOf(await sandbox.invoke({ act: "count" }, { version: "aborted" }))).toBe(1);
    });
  },
);

it.each([
  ["never settle", "Handled", "Runtime.NodeJsExit"],
  ["reject behind the back", "Unhandled", "Runtime.UnhandledPromiseRejection"],
  ["throw behind the back", "Unhandled", "RangeError"],
  ["answer 7 MB", "Unhandled", "Function.ResponseSizeTooLarge"],
  ["answer a BigInt", "Handled", "Runtime.MarshalError"],
  ["throw text", "Handled", "string"],
  ["abort", "Unhandled", "Runtime.ExitError"],
])("names what happened when the handler's act is to %s", async (act, functionError, errorType) => {
  const { invoke } = await sandboxed(functionFile("misbehaving.mjs"));
  const result = await invoke({ act });
  expect(result.functionError).toBe(functionError);
  expect(answerOf(result)).toMatchObject({ errorType });
  expect(result.report).toMatchObject({ status: "error", errorType });
});

it("refuses invocations once it is closed, and ends those under way", async () => {
  const { runner, invoke } = await openSandbox(functionFile("misbehaving.mjs"));
  await invoke({ act: "count" });
  const underWay = invoke({ act: "hang" });
  underWay.catch(() => undefined);
  await runner.close();
  await expect(underWay).rejects.toThrow("The sandbox was closed.");
  await expect(invoke({ act: "count" })).rejects.toThrow(/closed|ended|no runner/);
  await runner.close();
});

it("makes invocations of two runners wait for one another's CPU", async () => {
  const options = { totalCpuShares: 1769 };
  const first = await sandboxed(functionFile("misbehaving.mjs"), options);
  const second = await sandboxed(functionFile("misbehaving.mjs"), options);
  await Promise.all([first.invoke({ act: "count" }), second.invoke({ act: "count" })]);
  const order: string[] = [];
  await Promise.all([
    first.invoke({ act: "wait", ms: 200 }).then(() => order.push("first")),
    second.invoke({ act: "count" }).then(() => order.push("second")),
  ]);
  expect(order).toEqual(["first", "second"]);
});

it("caps the CPU share at what it may hand out", async () => {
  const { runner, invoke } = await sandboxed(functionFile("misbehaving.mjs"), { totalCpuShares: 1000 });
  expect(runner.cpu?.cappedAtMb).toBe(1000);
  expect(answerOf(await invoke({ act: "count" }, { memorySizeMb: 10_240 }))).toBe(1);
});

it("leaves the environments of one machine alone when another of the same process closes", async () => {
  const staying = await sandboxed(functionFile("misbehaving.mjs"), { totalCpuShares: 1000 });
  const going = await openSandbox(functionFile("misbehaving.mjs"), { totalCpuShares: 1001 });
  await Promise.all([staying, going].map(({ invoke }) => invoke({ act: "count" })));
  const underWay = staying.invoke({ act: "wait", ms: 300 }, { version: "under way" });
  await going.runner.close();
  expect((await underWay).functionError).toBeUndefined();
  expect(answerOf(await staying.invoke({ act: "count" }))).toBe(2);
});

it("refuses a backend that does not work here, with the reason", async () => {
  const missing = process.platform === "linux" ? "cgroup-v2" : "cgroup-v1";
  const attempt = sandboxed(functionFile("misbehaving.mjs"), { backend: missing });
  // A machine where it does work has nothing to refuse.
  await attempt.then(
    ({ runner }) => expect(runner.cpu?.backend).toBe(missing),
    (error: unknown) => expect(String(error)).toContain(`The CPU backend ${missing} does not work here.`),
  );
});
