import * as fc from "fast-check";
import { expect, it } from "vitest";
import { CpuBudget } from "../../../../local/sandbox/backend/cpu-budget.ts";

/** A process on so many threads that uses all it gets, looked at after these pauses: cores' worth of time that it got. */
const coresUsed = (cores: number, threads: number, pausesMs: readonly number[]): number => {
  const budget = new CpuBudget(cores, 0);
  let now = 0;
  let usedMs = 0;
  let next = 0;
  while (now < 10_000) {
    const isRunning = budget.remainingMs > 0;
    const pauseMs = pausesMs[next++ % pausesMs.length] ?? 1;
    // A stopped process waits for the next period, and the look at it is a little late.
    const elapsedMs = isRunning ? pauseMs : budget.nextPeriod - now + pauseMs / 10;
    const spentMs = isRunning ? elapsedMs * threads : 0;
    now += elapsedMs;
    usedMs += spentMs;
    budget.spend(spentMs, now);
  }
  return usedMs / now;
};

const pauses = fc.array(fc.double({ min: 0.3, max: 4, noNaN: true }), { minLength: 1, maxLength: 20 });

it("gives a process that never rests its share, however coarse the looks at it are", () => {
  fc.assert(
    fc.property(fc.double({ min: 0.07, max: 0.95, noNaN: true }), pauses, (cores, pausesMs) => {
      expect(coresUsed(cores, 1, pausesMs) / cores).toBeGreaterThan(0.97);
      expect(coresUsed(cores, 1, pausesMs) / cores).toBeLessThan(1.03);
    }),
  );
});

it("leaves all of its time to a single thread that has a whole core", () => {
  fc.assert(
    fc.property(pauses, (pausesMs) => {
      expect(coresUsed(1, 1, pausesMs)).toBeGreaterThan(0.999);
    }),
  );
});

it("holds several threads to their share together", () => {
  fc.assert(
    fc.property(fc.double({ min: 1.1, max: 1.9, noNaN: true }), pauses, (cores, pausesMs) => {
      expect(coresUsed(cores, 2, pausesMs) / cores).toBeLessThan(1.03);
    }),
  );
});
