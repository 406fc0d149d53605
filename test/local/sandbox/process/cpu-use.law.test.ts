import { fc, test } from "@fast-check/vitest";
import { expect } from "vitest";
import { cpuUse } from "../../../../local/sandbox/process/cpu-use.ts";
import type { ThreadTimes } from "../../../../local/sandbox/process/thread-times.ts";

const milliseconds = fc.double({ min: 0, max: 1e4, noNaN: true });
test.prop([
  fc.array(fc.tuple(milliseconds, milliseconds), { maxLength: 8 }),
  fc.double({ min: 0.07, max: 6, noNaN: true }),
  fc.constantFrom(true, false, undefined),
])(
  "what was lost is never above the waiting of one thread, and below 0 only where a quota may have stopped it",
  (times, shareCores, wasThrottled) => {
    const threads = new Map<string, ThreadTimes>(
      times.map(([ranMs, waitedMs], index) => [String(index), { ranMs, waitedMs }]),
    );
    const longestMs = Math.max(0, ...times.map(([ran, waited]) => ran + waited));
    const stretch = { elapsedMs: longestMs + 1, shareCores, machineCores: 4 };
    const { lostMs } = cpuUse(new Map(), threads, {
      ...stretch,
      ...(wasThrottled === undefined ? {} : { wasThrottled }),
    });
    if (wasThrottled === false) expect(lostMs).toBeGreaterThanOrEqual(0);
    expect(lostMs).toBeLessThanOrEqual(Math.max(0, ...times.map(([, waited]) => waited)) + 1e-6);
  },
);
