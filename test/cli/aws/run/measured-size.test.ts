import { expect, it } from "vitest";
import { measuredSize } from "../../../../cli/aws/run/measured-size.ts";
import { ProgressTracker } from "../../../../cli/progress/run-progress.ts";
import { encodeSamples } from "../../../../core/invocation/sample-codec.ts";
import type { Sample } from "../../../../core/invocation/sample.ts";
import type { HostEvent } from "../../../../local/endpoint/execution-host.ts";

const sample = (durationMs: number, facts: Partial<Sample> = {}): Sample => ({
  durationMs,
  billedMs: Math.ceil(durationMs),
  cold: false,
  status: "ok",
  lane: 0,
  payload: 0,
  round: 1,
  ...facts,
});

const returned = (samples: string, invocations: number, round = 1): HostEvent => ({
  kind: "state-exited",
  state: { name: "MeasureSize", type: "Task" },
  output: {
    job: { memorySizeMb: 256 },
    round,
    progress: {
      measurement: { memorySizeMb: 256, outcome: "measured", samples, errors: [], invocations, throttles: 0 },
      calls: 1,
    },
  },
});

it("counts the invocations of a round, and times those that were warm and succeeded", () => {
  const samples = encodeSamples([
    sample(900, { cold: true, initMs: 100 }),
    sample(100),
    sample(5, { status: "error" }),
  ]);
  expect(measuredSize(returned(samples, 4))).toEqual({
    memorySizeMb: 256,
    round: 1,
    done: 4,
    failed: 2,
    warmMs: [100],
  });
});

it("counts alone when samples are written in a way that is not known here", () => {
  expect(measuredSize(returned("written by a newer version", 4))).toMatchObject({ done: 4, warmMs: [] });
});

it("says nothing of other events", () => {
  expect(measuredSize({ kind: "state-exited", state: { name: "Plan", type: "Task" }, output: {} })).toBeUndefined();
});

it("replaces what the same round has shown before, and adds to other rounds", () => {
  const tracker = new ProgressTracker();
  for (const event of [
    returned(encodeSamples([sample(100)]), 1),
    returned(encodeSamples([sample(100), sample(200)]), 2),
    returned(encodeSamples([sample(300, { round: 2 })]), 1, 2),
  ]) {
    const size = measuredSize(event);
    if (size !== undefined) tracker.measured(size);
  }
  expect(tracker.progress.sizes).toEqual([
    { memorySizeMb: 256, running: 0, done: 3, planned: 3, failed: 0, meanMs: 200 },
  ]);
});
