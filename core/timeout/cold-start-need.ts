import { initLimitMs } from "../invocation/init-limit.ts";
import type { Sample } from "../invocation/sample.ts";

/**
 * Time that a cold start needs under the function's timeout, in milliseconds.
 *
 * The slowest first handler call with some room; an init phase counts only when it exceeds the 10 s that Lambda grants it,
 * since it is then retried under the timeout. The duration of an invocation that it was retried in contains it already.
 *
 * @param samples - Invocations at one size, warm ones among them.
 * @param room - Factor on the slowest, 1 or more: few are seen, and the next may be slower.
 * @returns `undefined` when no healthy cold start was seen.
 * @see {@link https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html}, "Init phase"
 */
export const coldStartNeedMs = (samples: readonly Sample[], room: number): number | undefined => {
  const needs = samples.filter(({ cold, status }) => cold && status === "ok").map((sample) => needOf(sample, room));
  return needs.length === 0 ? undefined : Math.max(...needs);
};

const needOf = ({ durationMs, initMs }: Sample, room: number): number =>
  room * durationMs + (initMs !== undefined && initMs > initLimitMs ? initMs : 0);
