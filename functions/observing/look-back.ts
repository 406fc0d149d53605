import type { MetricWindow } from "../aws/cloudwatch-metrics.ts";

const dayMs = 86_400_000;
const minuteMs = 60_000;

/**
 * So many days up to a moment, without the minute that it is in.
 *
 * CloudWatch keeps minutes: the one in which a run began may hold invocations of the run.
 */
export const lookBack = (untilMs: number, days: number): MetricWindow => {
  const endMs = Math.floor(untilMs / minuteMs) * minuteMs;
  return { startMs: endMs - days * dayMs, endMs };
};
