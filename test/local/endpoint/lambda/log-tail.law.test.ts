import * as fc from "fast-check";
import { expect, it } from "vitest";
import { parseLogTail } from "../../../../core/invocation/parse-log-tail.ts";
import type { PlatformReport } from "../../../../local/endpoint/function-runner.ts";
import { type InvocationLog, logTail } from "../../../../local/endpoint/lambda/log-tail.ts";

const hundredths = (max: number) => fc.integer({ min: 1, max }).map((value) => value / 100);

const report: fc.Arbitrary<PlatformReport> = fc
  .record({
    durationMs: hundredths(90_000_000),
    billedDurationMs: fc.integer({ min: 1, max: 900_000 }),
    memorySizeMb: fc.integer({ min: 128, max: 10_240 }),
    maxMemoryUsedMb: fc.integer({ min: 1, max: 10_240 }),
  })
  .chain((facts) =>
    fc.oneof(
      fc.constant({ ...facts, status: "success" as const }),
      hundredths(1_000_000).map((initDurationMs) => ({ ...facts, initDurationMs, status: "success" as const })),
      hundredths(1_000_000).map((restoreDurationMs) => ({ ...facts, restoreDurationMs, status: "success" as const })),
      fc.constant({ ...facts, status: "timeout" as const }),
      fc.constant({ ...facts, status: "error" as const, errorType: "Runtime.OutOfMemory" }),
      fc.constant({ ...facts, status: "error" as const, errorType: "Runtime.ExitError" }),
    ),
  );

const log: fc.Arbitrary<InvocationLog> = fc.record({
  requestId: fc.uuid(),
  version: fc.constantFrom("$LATEST", "7"),
  runtime: fc.constantFrom("nodejs24.x", undefined),
  logFormat: fc.constantFrom("Text", "JSON"),
  systemLogLevel: fc.constantFrom("DEBUG", "INFO"),
  epochMs: fc.constant(Date.UTC(2026, 0, 31)),
  output: fc.oneof(fc.string(), fc.string({ unit: "binary", minLength: 5000, maxLength: 6000 })),
  report,
});

const statuses = { success: "ok", timeout: "timed-out", error: "error" } as const;

it("writes tails that the tuner reads back, whatever the function prints", () => {
  fc.assert(
    fc.property(log, (written) => {
      const read = parseLogTail(logTail(written), written.requestId);
      const { durationMs, billedDurationMs, initDurationMs, restoreDurationMs, errorType, status } = written.report;
      expect(read).toMatchObject({
        kind: "record",
        requestId: written.requestId,
        durationMs,
        billedMs: billedDurationMs,
        memorySizeMb: written.report.memorySizeMb,
        maxMemoryUsedMb: written.report.maxMemoryUsedMb,
        cold: initDurationMs !== undefined || restoreDurationMs !== undefined,
        status: errorType === "Runtime.OutOfMemory" ? "out-of-memory" : statuses[status],
        ...(initDurationMs !== undefined && { initMs: initDurationMs }),
        ...(restoreDurationMs !== undefined && { restoreMs: restoreDurationMs }),
      });
    }),
  );
});
