import { encodeSamples, decodeSamples } from "../../core/invocation/sample-codec.ts";
import type { LogRecord } from "../../core/invocation/log-record.ts";
import type { Sample } from "../../core/invocation/sample.ts";
import type { Outcome, SeenError, SizeMeasurement } from "../../core/run/measurement.ts";
import { withError } from "./seen-errors.ts";

/** Everything that a size shows while it is measured. */
export interface SizeTally {
  /** Notes an invocation that was sent, whatever becomes of it. */
  sent(): void;
  throttled(): void;
  measured(sample: Sample, record: LogRecord): void;
  failed(type: string, message: string): void;
  readonly samples: readonly Sample[];
  readonly invocations: number;
  measurement(outcome: Outcome): SizeMeasurement;
}

const mostTraceIds = 5;

/** Starts a tally, or goes on with that of an earlier call. */
export const createSizeTally = (memorySizeMb: number, before?: SizeMeasurement): SizeTally => {
  const samples: Sample[] = decodeSamples(before?.samples ?? "");
  const traceIds = [...(before?.traceIds ?? [])];
  let errors: readonly SeenError[] = before?.errors ?? [];
  let invocations = before?.invocations ?? 0;
  let throttles = before?.throttles ?? 0;
  let maxMemoryUsedMb = before?.maxMemoryUsedMb;
  return {
    sent: () => {
      invocations += 1;
    },
    throttled: () => {
      throttles += 1;
    },
    measured: (sample, record) => {
      samples.push(sample);
      if (record.maxMemoryUsedMb !== undefined) {
        maxMemoryUsedMb = Math.max(maxMemoryUsedMb ?? 0, record.maxMemoryUsedMb);
      }
      if (record.traceId !== undefined && traceIds.length < mostTraceIds) traceIds.push(record.traceId);
    },
    failed: (type, message) => {
      errors = withError(errors, type, message);
    },
    samples,
    get invocations() {
      return invocations;
    },
    measurement: (outcome) => ({
      memorySizeMb,
      outcome,
      samples: encodeSamples(samples),
      ...(maxMemoryUsedMb === undefined ? {} : { maxMemoryUsedMb }),
      errors: [...errors],
      invocations,
      throttles,
      ...(traceIds.length === 0 ? {} : { traceIds }),
    }),
  };
};
