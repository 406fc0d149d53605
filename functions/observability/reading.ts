import type { tunerMetrics } from "../../core/run/tuner-metrics.ts";

/** One value of one metric. */
export interface Reading {
  readonly metric: keyof typeof tunerMetrics;
  readonly value: number;
  /** The target it is about, for the metrics that are kept by target. */
  readonly functionName?: string;
}

/** What one call of a function says about runs: of what it was called with, and what it returned. */
export type Readings = (event: unknown, answer: unknown) => readonly Reading[];
