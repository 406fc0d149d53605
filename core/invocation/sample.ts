/**
 * How one invocation ended.
 *
 * `ok` also covers errors that the request allows; only `ok` samples enter statistics of duration and charge.
 */
export type SampleStatus = "ok" | "error" | "timed-out" | "out-of-memory";

/** One invocation of the target, as the platform reported it. Absent is not zero: what a record lacks is absent here. */
export interface Sample {
  /**
   * Handler duration in milliseconds, up to two decimals. Includes an init phase only where it ran within the invocation:
   * Lambda starts an environment again there whose init phase took over 10 s. `initMs` is absent then.
   */
  readonly durationMs: number;
  /** What the platform bills, in whole milliseconds: includes init on a cold start, and restore under SnapStart. */
  readonly billedMs: number;
  /** Init phase of a cold start, in milliseconds. */
  readonly initMs?: number;
  /** SnapStart restore of a cold start, in milliseconds. */
  readonly restoreMs?: number;
  /** Whether this invocation started its environment; kept apart from warm ones in every statistic. */
  readonly cold: boolean;
  readonly status: SampleStatus;
  /** Which of the size's parallel lanes sent it, from 0. A lane stands for one environment at a time. */
  readonly lane: number;
  /** Which payload was sent: the index into the request's payload list, 0 when there is only one. */
  readonly payload: number;
  /** The round of measuring it belongs to, from 1. */
  readonly round: number;
}
