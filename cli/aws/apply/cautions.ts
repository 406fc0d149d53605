import { formatOdds } from "../../../core/report/format-percent.ts";
import { isMet } from "../../../core/report/is-met.ts";
import type { Report } from "../../../core/report/schema.ts";
import { needsItsTimeout, timeoutObjection, type TimeoutObjection } from "../../../core/timeout/timeout-objection.ts";
import type { SettingChange } from "./setting-change.ts";

/** What to know before a recommended setting is set: a run that applies by itself stops at each of these. */
export const cautionsAbout = (report: Report, { before, after }: SettingChange): string[] => {
  const { recommendation, timeoutRecommendation: timeout } = report;
  const cautions: string[] = [];
  if (recommendation?.conclusive === false) cautions.push("the run was inconclusive: its advice is a best guess.");
  const slo = recommendation?.slo;
  if (slo !== undefined && !isMet(slo))
    cautions.push(`no size was found that keeps p${slo.percentile} within ${slo.limitMs} ms.`);
  if (timeout === undefined) return cautions;
  const objection = after.timeoutSeconds === before.timeoutSeconds ? undefined : timeoutObjection(timeout);
  if (objection !== undefined) cautions.push(`${objectionWords[objection]} --only memory leaves it as it is.`);
  const setsMemoryAlone = after.memorySizeMb !== before.memorySizeMb && after.timeoutSeconds === timeout.currentSeconds;
  if (setsMemoryAlone && needsItsTimeout(timeout)) {
    cautions.push(
      `at ${after.memorySizeMb} MB the timeout of ${timeout.currentSeconds} s is expected to cut off healthy invocations (${formatOdds(timeout.keptCutShare ?? 0)}): leave out --only to set ${timeout.recommendedSeconds} s with it.`,
    );
  }
  return cautions;
};

const objectionWords: Readonly<Record<TimeoutObjection, string>> = {
  provisional: "the timeout is provisional, and shorter: too few invocations of production were seen.",
  censored: "invocations ended at the current timeout: ones that hang will only be billed for longer.",
  "caller-ceiling":
    "the timeout is all that a caller waits: it cuts off healthy invocations that may have other callers.",
};
