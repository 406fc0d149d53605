import type { SampleStatus } from "./sample.ts";

/** What the platform says of one invocation in its REPORT record. What the record lacks is absent, never 0. */
export interface LogRecord {
  readonly kind: "record";
  readonly requestId?: string;
  /** Handler duration in milliseconds, as printed; never includes the init phase. */
  readonly durationMs: number;
  /** What the platform bills, in whole milliseconds; already contains billed init and billed restore. */
  readonly billedMs: number;
  readonly memorySizeMb: number;
  /** High-water mark of the environment, in MB: not of this invocation alone. */
  readonly maxMemoryUsedMb?: number;
  /** Init phase in milliseconds; only a cold start has one, and not when it ran again within the invocation. */
  readonly initMs?: number;
  /** SnapStart restore in milliseconds; only a cold start has one. */
  readonly restoreMs?: number;
  /** Whether this invocation started its environment. */
  readonly cold: boolean;
  /**
   * How the invocation ended as far as the platform's record tells. A text record says nothing of an error that the
   * runtime caught: the caller also looks at the answer's function error.
   */
  readonly status: SampleStatus;
  /** The platform's error type, for example `Runtime.OutOfMemory`. */
  readonly errorType?: string;
  /** X-Ray trace id, unless the record says that the invocation was not sampled. */
  readonly traceId?: string;
}

/** A tail without a usable record: a measurement that failed, never one of 0 ms. */
export interface UnreadableTail {
  readonly kind: "unreadable";
  /**
   * - `empty`: no tail at all.
   * - `not-base64`: not what `X-Amz-Log-Result` carries.
   * - `no-report`: nothing in it is a REPORT record: log level WARN, or other text filled the 4 KB.
   * - `incomplete-report`: there is a record, but it is cut or lacks duration, billed duration or memory size.
   * - `other-request`: complete records, none of them of the request asked for.
   */
  readonly reason: "empty" | "not-base64" | "no-report" | "incomplete-report" | "other-request";
}

/** A record as a format's own reader found it, before the rest of the tail is taken into account. */
export interface FoundRecord {
  /** Where in the tail it starts. */
  readonly at: number;
  /** `undefined` when the record is cut or lacks a field that every record has. */
  readonly record: LogRecord | undefined;
}
