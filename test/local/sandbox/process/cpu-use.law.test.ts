import * as fc from "fast-check";
import { expect, it } from "vitest";
import { cpuUse } from "../../../../local/sandbox/process/cpu-use.ts";
import type { ThreadTimes } from "../../../../local/sandbox/process/thread-times.ts";

const milliseconds = fc.double({ min: 0, max: 1e4, noNaN: true });
const threadsOf = fc
  .array(fc.record({ ranMs: milliseconds, waitedMs: milliseconds }), { maxLength: 8 })
  .map((times) => new Map<string, ThreadTimes>(times.map((time, index) => [String(index), time])));
const shares = fc.double({ min: 0.07, max: 6, noNaN: true });

it("never loses more than a thread waited, and less than nothing only where a quota may have stopped it", () => {
  fc.assert(
    fc.property(threadsOf, shares, fc.constantFrom(true, false, undefined), (threads, shareCores, wasThrottled) => {
      const times = [...threads.values()];
      const elapsedMs = Math.max(0, ...times.map(({ ranMs, waitedMs }) => ranMs + waitedMs)) + 1;
      const throttling = wasThrottled === undefined ? {} : { wasThrottled };
      const { lostMs } = cpuUse(new Map(), threads, { elapsedMs, shareCores, coresAtHand: 4, ...throttling });
      expect(lostMs).toBeLessThanOrEqual(Math.max(0, ...times.map(({ waitedMs }) => waitedMs)) + 1e-6);
      expect(lostMs).toBeGreaterThanOrEqual(wasThrottled === false ? 0 : Number.NEGATIVE_INFINITY);
    }),
  );
});
