import type { Sample } from "../../core/invocation/sample.ts";
import type { Outcome } from "../../core/run/measurement.ts";

/** Why a size is given up before its job is done: more invocations would only cost. */
export type EarlyStop = Extract<Outcome, "out-of-memory" | "timed-out" | "failing">;

/** So many failures and no success: the size, or the function, does not work. */
const failuresToGiveUp = 3;

/**
 * Decides whether to give a size up.
 *
 * One invocation out of memory is enough: the size is too small for this payload. Timeouts are no reason before they
 * outnumber the successes: a function that hangs now and then does so at every size.
 *
 * @param samples - Of this round, in the order they ended.
 * @param unmeasured - Invocations of this round that failed without a sample.
 */
export const earlyStop = (samples: readonly Sample[], unmeasured: number): EarlyStop | undefined => {
  const count = (status: Sample["status"]): number => samples.filter((sample) => sample.status === status).length;
  const successes = count("ok");
  if (count("out-of-memory") > 0) return "out-of-memory";
  if (count("timed-out") > successes) return "timed-out";
  if (successes === 0 && count("error") + unmeasured >= failuresToGiveUp) return "failing";
  return undefined;
};

/** Above this share of failures a size does not count as measured, even if some invocations succeeded. */
const mostFailures = 0.5;

/** What a size came to when nothing stopped it early. */
export const outcomeOf = (samples: readonly Sample[], unmeasured: number, wasThrottled: boolean): Outcome => {
  const successes = samples.filter(({ status }) => status === "ok").length;
  if (successes === 0) return wasThrottled ? "throttled" : "failing";
  const all = samples.length + unmeasured;
  return (all - successes) / all > mostFailures ? "failing" : "measured";
};
