import { describe, expect, it } from "vitest";
import { describeEvent } from "../../../cli/progress/describe-event.ts";
import { describeFinishedSize, renderProgress } from "../../../cli/progress/render-progress.ts";
import { ProgressTracker } from "../../../cli/progress/run-progress.ts";
import { plain } from "../../../core/report/render-grid.ts";
import type { InvocationEvent } from "../../../local/endpoint/invocation-event.ts";

const measure = { name: "Measure", type: "Map" } as const;

const round = (tracker: ProgressTracker, sizes: readonly number[]) =>
  tracker.event({
    kind: "state-entered",
    state: measure,
    input: { jobs: sizes.map((memorySizeMb) => ({ memorySizeMb, warm: 4, cold: 0, lanes: 1 })) },
  });

const invoke = (tracker: ProgressTracker, memorySizeMb: number, report?: Partial<InvocationEvent["report"]>) => {
  const invocation = { functionName: "f", version: "1", memorySizeMb };
  tracker.invocation({ ...invocation, phase: "start" });
  const defaults = {
    durationMs: 10,
    billedDurationMs: 10,
    memorySizeMb,
    maxMemoryUsedMb: 60,
    status: "success" as const,
  };
  tracker.invocation({ ...invocation, phase: "end", report: { ...defaults, ...report } });
};

describe("the progress of a run", () => {
  it("counts what was asked for, what is done and what failed, and averages warm successes", () => {
    const tracker = new ProgressTracker();
    round(tracker, [512, 256]);
    invoke(tracker, 256, { durationMs: 900, initDurationMs: 100 });
    invoke(tracker, 256, { durationMs: 100 });
    invoke(tracker, 256, { durationMs: 300 });
    invoke(tracker, 256, { status: "timeout", durationMs: 3000 });
    tracker.invocation({ functionName: "f", version: "1", memorySizeMb: 512, phase: "start" });
    expect(tracker.progress).toEqual({
      stage: "Measure",
      round: 1,
      sizes: [
        { memorySizeMb: 256, running: 0, done: 4, planned: 5, failed: 1, meanMs: 200 },
        { memorySizeMb: 512, running: 1, done: 0, planned: 5, failed: 0 },
      ],
    });
  });

  it("counts an error that the request allows as a success, and a timeout never", () => {
    const tracker = new ProgressTracker(["RangeError"]);
    round(tracker, [256]);
    invoke(tracker, 256, { status: "error", errorType: "RangeError", durationMs: 100 });
    invoke(tracker, 256, { status: "error", errorType: "TypeError" });
    invoke(tracker, 256, { status: "timeout" });
    expect(tracker.progress.sizes).toMatchObject([{ done: 3, failed: 2, meanMs: 100 }]);
  });

  it("names the stage, whatever states of an iteration come in between", () => {
    const tracker = new ProgressTracker();
    round(tracker, [256]);
    tracker.event({ kind: "state-entered", state: { name: "MeasureSize", type: "Task" }, input: {} });
    expect(tracker.progress.stage).toBe("Measure");
  });

  it("adds the rounds up, cold starts once", () => {
    const tracker = new ProgressTracker();
    round(tracker, [256]);
    round(tracker, [256, 320]);
    expect(tracker.progress.sizes.map(({ planned }) => planned)).toEqual([9, 5]);
    expect(tracker.progress.round).toBe(2);
  });

  it("tells when a size is finished", () => {
    const tracker = new ProgressTracker();
    round(tracker, [256, 512]);
    invoke(tracker, 512, { durationMs: 12.34 });
    const finished = tracker.event({ kind: "iteration-succeeded", state: measure, index: 1 });
    expect(finished === undefined ? "" : describeFinishedSize(finished)).toBe(
      "Round 1:   512 MB  mean 12.3 ms, 1 invocation",
    );
  });

  it("leaves the one invocation of a dry run out", () => {
    const tracker = new ProgressTracker();
    tracker.invocation({ functionName: "f", version: "$LATEST", memorySizeMb: 128, phase: "start" });
    expect(tracker.progress.sizes).toEqual([]);
  });
});

describe("the live table", () => {
  const tracker = new ProgressTracker();
  round(
    tracker,
    Array.from({ length: 40 }, (_, index) => 128 + index * 64),
  );
  invoke(tracker, 2048, { status: "error" });
  invoke(tracker, 256);

  it("looks like this", () => {
    const few = new ProgressTracker();
    round(few, [256, 1024]);
    invoke(few, 256, { durationMs: 123.4 });
    expect(renderProgress(few.progress, 4.2, { width: 80, height: 24, paint: plain }).join("\n")).toMatchSnapshot();
  });

  it.each([
    [80, 24],
    [60, 10],
    [200, 50],
  ])("never wraps nor fills %d columns by %d rows", (width, height) => {
    const lines = renderProgress(tracker.progress, 3, { width, height, paint: plain });
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThan(width);
    expect(lines.length).toBeLessThan(height);
  });
});

describe("events in words", () => {
  it("says the estimate once the plan is made", () => {
    const estimate = {
      invocations: 54,
      expectedUsd: 0.0029,
      worstCaseUsd: 0.08,
      expectedSeconds: 20,
      worstCaseSeconds: 900,
    };
    const state = { name: "Plan", type: "Task" } as const;
    expect(describeEvent({ kind: "state-exited", state, output: { estimate } })).toBe(
      "Estimate: 54 invocations; in AWS about 20 s and $0.0029, at most $0.08",
    );
    const basis = { kind: "assumed", durationMs: 1000, memorySizeMb: 1024, reason: "CloudWatch has no invocations" };
    expect(describeEvent({ kind: "state-exited", state, output: { estimate: { ...estimate, basis } } })).toMatch(
      /at most \$0\.08; rests on an assumed duration of 1\.00 s at 1024 MB$/,
    );
    expect(describeEvent({ kind: "state-exited", state, output: "?" })).toBeUndefined();
  });
});
