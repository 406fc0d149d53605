import { describe, expect, it } from "vitest";
import { cpuUse, type Stretch } from "../../../../local/sandbox/process/cpu-use.ts";
import type { ThreadTimes } from "../../../../local/sandbox/process/thread-times.ts";

const threads = (...times: readonly (readonly [ranMs: number, waitedMs: number])[]): Map<string, ThreadTimes> =>
  new Map(times.map(([ranMs, waitedMs], index) => [String(index), { ranMs, waitedMs }]));

const none = new Map<string, ThreadTimes>();

describe("what an environment lost to other programs", () => {
  it.each<[string, readonly (readonly [number, number])[], Stretch, number]>([
    ["no wait at all", [[100, 0]], { elapsedMs: 100, shareCores: 1, coresAtHand: 2, wasThrottled: false }, 0],
    [
      "a wait for a core, with a share of a whole one",
      [[100, 40]],
      { elapsedMs: 140, shareCores: 1, coresAtHand: 2, wasThrottled: false },
      40,
    ],
    [
      "a quota of a quarter core that stopped it",
      [[100, 300]],
      { elapsedMs: 400, shareCores: 0.25, coresAtHand: 2, wasThrottled: true },
      0,
    ],
    [
      "a quota that stopped it, and more waiting than that explains",
      [[100, 350]],
      { elapsedMs: 450, shareCores: 0.25, coresAtHand: 2, wasThrottled: true },
      50,
    ],
    [
      "a short wait under a quota that was never reached",
      [[5, 3]],
      { elapsedMs: 100, shareCores: 0.25, coresAtHand: 2, wasThrottled: false },
      3,
    ],
    [
      "four busy threads that take turns on two cores",
      Array.from({ length: 4 }, () => [50, 50] as const),
      { elapsedMs: 100, shareCores: 2, coresAtHand: 2, wasThrottled: false },
      0,
    ],
    [
      "being stopped by signals, which is no waiting",
      [[100, 20]],
      { elapsedMs: 400, shareCores: 0.25, coresAtHand: 2 },
      0,
    ],
    ["waiting while signals let it run", [[100, 20]], { elapsedMs: 430, shareCores: 0.25, coresAtHand: 2 }, 20],
    [
      "a helper that waits for long, and nobody for it",
      [
        [10, 0],
        [0, 90],
      ],
      { elapsedMs: 100, shareCores: 1, coresAtHand: 2, wasThrottled: false },
      0,
    ],
    ["sleep", [[1, 0]], { elapsedMs: 100, shareCores: 1, coresAtHand: 2, wasThrottled: false }, 0],
    ["nothing that ran", [], { elapsedMs: 100, shareCores: 1, coresAtHand: 2, wasThrottled: false }, 0],
  ])("is right for %s", (_, times, stretch, lostMs) => {
    expect(cpuUse(none, threads(...times), stretch).lostMs).toBeCloseTo(lostMs, 6);
  });

  it("counts from the first look on", () => {
    const stretch = { elapsedMs: 110, shareCores: 1, coresAtHand: 2, wasThrottled: false };
    expect(cpuUse(threads([500, 70]), threads([600, 80]), stretch)).toEqual({ ranMs: 100, lostMs: 10, idleMs: 0 });
  });

  it("tells what the busiest thread slept", () => {
    const stretch = { elapsedMs: 100, shareCores: 1, coresAtHand: 2, wasThrottled: false };
    expect(cpuUse(none, threads([30, 10], [1, 0]), stretch).idleMs).toBe(60);
  });
});
