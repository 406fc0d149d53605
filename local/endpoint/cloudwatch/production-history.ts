import { z } from "zod";
import { InvalidRequestError } from "../../../core/errors/invalid-request-error.ts";
import { describeFaults } from "../../../core/request/describe-faults.ts";
import { durationsOfPercentiles, type KnownPercentile } from "./durations-of-percentiles.ts";
import type { Dimensions, MetricStore } from "./metric-store.ts";

const historySchema = z
  .strictObject({
    days: z.int().min(1).max(455).default(14).describe("How many days the history covers, up to now."),
    invocations: z.int().min(1).max(1e12).describe("Invocations in all that time."),
    durationsMs: z
      .array(z.number().min(0))
      .min(1)
      .max(100_000)
      .optional()
      .describe("Durations that stand for equal shares of the invocations, in any order."),
    percentilesMs: z
      .record(z.string(), z.number().min(0))
      .optional()
      .describe('Instead of them: percentiles as CloudWatch shows them, "100" for the maximum.'),
    errors: z.int().min(0).default(0).describe("How many of the invocations failed."),
    throttles: z.int().min(0).default(0).describe("Invocations that were refused, besides those."),
    maxConcurrentExecutions: z.int().min(1).default(1).describe("Most invocations under way at once."),
    coldStarts: z.int().min(0).optional().describe("Cold starts, as Lambda Insights would show them."),
  })
  .superRefine(({ errors, invocations, durationsMs = [], percentilesMs, coldStarts = 0 }, context) => {
    if (durationsMs.length > 0 === (percentilesMs !== undefined)) {
      context.addIssue({ code: "custom", message: "expected either durationsMs or percentilesMs" });
    }
    const fault = percentilesMs === undefined ? undefined : percentilesFault(percentilesMs);
    if (fault !== undefined) context.addIssue({ code: "custom", path: ["percentilesMs"], message: fault });
    if (coldStarts > invocations) {
      context.addIssue({
        code: "custom",
        path: ["coldStarts"],
        message: `expected at most ${invocations}, got ${coldStarts}`,
      });
    }
    if (errors > invocations) {
      context.addIssue({ code: "custom", path: ["errors"], message: `expected at most ${invocations}, got ${errors}` });
    }
    if (durationsMs.length > invocations) {
      context.addIssue({
        code: "custom",
        path: ["durationsMs"],
        message: `expected at most one for each of the ${invocations} invocations, got ${durationsMs.length}`,
      });
    }
  })
  .transform(({ percentilesMs, durationsMs, ...history }) => ({
    ...history,
    durationsMs:
      durationsMs ?? durationsOfPercentiles(ascending(Object.entries(percentilesMs ?? {})), history.invocations),
  }));

/** What one function has done in production. */
export type FunctionHistory = z.output<typeof historySchema>;

const ascending = (percentilesMs: readonly (readonly [string, number])[]): KnownPercentile[] =>
  percentilesMs
    .map(([percentile, durationMs]) => ({ percentile: Number(percentile), durationMs }))
    .sort((a, b) => a.percentile - b.percentile);

const percentilesFault = (percentilesMs: Readonly<Record<string, number>>): string | undefined => {
  const known = ascending(Object.entries(percentilesMs));
  if (known.some(({ percentile }) => !(percentile > 0 && percentile <= 100))) {
    return `expected percentiles above 0 and up to 100, such as "99.9", got ${Object.keys(percentilesMs).join(", ")}`;
  }
  if (known.at(-1)?.percentile !== 100) return 'expected the maximum among them, as "100"';
  return known.some(({ durationMs }, index) => durationMs < (known[index - 1]?.durationMs ?? 0))
    ? "expected durations that rise with their percentiles"
    : undefined;
};

/**
 * Parses the content of a metrics file: what functions have done in production, by function name.
 *
 * @param subject - What to call it in the error.
 * @throws {@link InvalidRequestError} listing every fault at once.
 */
export const parseProductionHistory = (
  input: unknown,
  subject = "The production history",
): ReadonlyMap<string, FunctionHistory> => {
  const functions = z.record(z.string(), z.unknown()).safeParse(input);
  if (!functions.success) {
    throw new InvalidRequestError(["expected an object with a history for each function name."], subject);
  }
  const faults: string[] = [];
  const histories = new Map<string, FunctionHistory>();
  for (const [name, history] of Object.entries(functions.data)) {
    const parsed = historySchema.safeParse(history);
    if (parsed.success) histories.set(name, parsed.data);
    else {
      const named = (path: readonly PropertyKey[]): string => [name, ...path].join(".");
      faults.push(...describeFaults(parsed.error.issues, historySchema, history, named));
    }
  }
  if (faults.length > 0) throw new InvalidRequestError(faults, subject);
  return histories;
};

const dayMs = 86_400_000;

/** Of Lambda Insights' init durations only their number is asked for. */
const insightsInitMs = 200;

/**
 * Puts a production history into a metric store, evenly over its days.
 *
 * @param nowMs - Where the history ends, in milliseconds since 1970.
 */
export const loadProductionHistory = (
  store: MetricStore,
  functionName: string,
  history: FunctionHistory,
  nowMs: number,
): void => {
  const { days, invocations, durationsMs, errors, throttles, maxConcurrentExecutions, coldStarts = 0 } = history;
  const put = (name: string, value: number, total: number, phase: number): void => {
    for (let day = 0; day < days; day += 1) {
      const count = evenShare(total, days, day);
      // Phases spread a day's observations over its 24 hours.
      const epochMs = nowMs - (day + (((phase * 7) % 24) + 0.5) / 24) * dayMs;
      if (count > 0) putEverywhere(store, functionName, name, { epochMs, value, count });
    }
  };
  durationsMs.forEach((durationMs, index) => {
    put("Duration", durationMs, evenShare(invocations, durationsMs.length, index), index);
  });
  put("Invocations", 1, invocations, 0);
  put("Errors", 1, errors, 0);
  put("Errors", 0, invocations - errors, 0);
  put("Throttles", 1, throttles, 0);
  put("ConcurrentExecutions", maxConcurrentExecutions, days, 0);
  if (coldStarts > 0) {
    const point = { epochMs: nowMs - dayMs / 2, value: insightsInitMs, count: coldStarts };
    store.put("LambdaInsights", "init_duration", { function_name: functionName }, point);
  }
};

/** The part of `total` things that goes to place `index` of `places`: parts differ by one at most and add up. */
const evenShare = (total: number, places: number, index: number): number =>
  Math.floor(((index + 1) * total) / places) - Math.floor((index * total) / places);

const putEverywhere = (
  store: MetricStore,
  FunctionName: string,
  name: string,
  point: Parameters<MetricStore["put"]>[3],
): void => {
  const series: readonly Dimensions[] = [{}, { FunctionName }, { FunctionName, Resource: FunctionName }];
  for (const dimensions of series) store.put("AWS/Lambda", name, dimensions, point);
};
