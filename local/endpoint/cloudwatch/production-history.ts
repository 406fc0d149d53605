import { z } from "zod";
import { InvalidRequestError } from "../../../core/errors/invalid-request-error.ts";
import { describeFaults } from "../../../core/request/describe-faults.ts";
import type { Dimensions, MetricStore } from "./metric-store.ts";

const historySchema = z
  .strictObject({
    days: z.int().min(1).max(455).default(14).describe("How many days the history covers, up to now."),
    invocations: z.int().min(1).max(1e12).describe("Invocations in all that time."),
    durationsMs: z
      .array(z.number().min(0))
      .min(1)
      .max(100_000)
      .describe("Durations that stand for equal shares of the invocations, in any order."),
    errors: z.int().min(0).default(0).describe("How many of the invocations failed."),
    throttles: z.int().min(0).default(0).describe("Invocations that were refused, besides those."),
    maxConcurrentExecutions: z.int().min(1).default(1).describe("Most invocations under way at once."),
  })
  .superRefine(({ errors, invocations, durationsMs }, context) => {
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
  });

/** What one function has done in production. */
export type FunctionHistory = z.output<typeof historySchema>;

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
  const { days, invocations, durationsMs, errors, throttles, maxConcurrentExecutions } = history;
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
