import { z } from "zod";
import { comparedWith } from "../../core/report/compared-with.ts";
import { formatTimeout } from "../../core/report/format-duration.ts";
import { formatMemory } from "../../core/report/format-memory.ts";
import { formatNumber } from "../../core/report/format-number.ts";
import { isCutShort, targetName } from "../../core/report/render-statements.ts";
import type { Recommendation, Report, TimeoutRecommendation } from "../../core/report/schema.ts";
import { needsItsTimeout, timeoutObjection } from "../../core/timeout/timeout-objection.ts";

/**
 * What to do now, in the last line that a person reads: the table has scrolled its advice off most terminals by then.
 *
 * @param stored - Where the report was kept; absent when it could not be.
 * @returns `undefined` when the report advises nothing: why, it says itself.
 */
export const nextStep = (report: Report, stored: string | undefined): string | undefined => {
  const { recommendation, timeoutRecommendation: timeout, currentMemorySize, run, applied } = report;
  if (recommendation === undefined || applied !== undefined) return undefined;
  const memory = { advised: recommendation.memorySizeMb, current: currentMemorySize };
  const isSpoilt = report.warnings.some(({ kind }) => kind === "machine-busy");
  if (isSpoilt) return "Next: tune again on a quiet machine; other programs slowed this run down (see the warning).";
  if (recommendation.stopReason === "time-limit") {
    return "Next: tune again with fewer sizes or invocations, or a higher concurrency; the time of a run ended before it was settled.";
  }
  if (report.warnings.some(hangsNowAndThen)) {
    return `Next: find out why ${targetName(report)} hangs now and then (see the warnings), then tune again.`;
  }
  if (report.warnings.some(failsOften)) {
    return `Next: find out why invocations of ${targetName(report)} fail (see the warnings), then tune again.`;
  }
  if (!recommendation.conclusive) return `Next: ${toSettle(report, recommendation)}`;
  if (comparedWith(report) === "nothing" && memory.advised !== memory.current)
    return `Next: tune again with more sizes, ${formatMemory(memory.current)} among them; one alone tells nothing of the others.`;
  const isAssumed = report.warnings.some(({ kind }) => kind === "current-settings-assumed");
  const caution = timeout === undefined ? undefined : cautionAbout(timeout, report, isAssumed);
  const settings = [
    ...change("memory", memory.advised, memory.current, formatMemory, isAssumed),
    ...(timeout === undefined || caution !== undefined ? [] : timeoutChange(timeout, isAssumed)),
  ];
  const after = caution === undefined ? "" : ` ${caution}`;
  if (settings.length === 0) {
    return caution === undefined
      ? `Next: nothing, ${targetName(report)} is set as it should be.`
      : `Next: ${caution.charAt(0).toLowerCase()}${caution.slice(1)}`;
  }
  const what = settings.join(", ");
  const only = caution === undefined ? "" : " --only memory";
  return run.engine === "aws" && stored !== undefined
    ? `Next: lambda-tuner apply ${stored}${only} sets ${what}.${after}`
    : `Next: set ${what} where ${targetName(report)} is deployed.${after}`;
};

/** What would settle a run that was not. */
const toSettle = ({ run }: Report, { stopReason, unsettledPercent, slo }: Recommendation): string => {
  if (unsettledPercent !== undefined)
    return "tune again with more invocations a size, or with --method adaptive, which makes as many as it takes.";
  if (isCutShort(stopReason)) {
    return presetEnded(run.request, stopReason)
      ? "tune again with --preset thorough; what this preset allows ended the run before it was settled."
      : "tune again with a higher limit; this one ended the run before it was settled.";
  }
  if (slo?.verdict === "not-shown")
    return `tune again with more invocations, as --preset thorough makes, or a looser limit; p${slo.percentile} takes many to show.`;
  return "find out why sizes could not be used (see the warnings), then tune again.";
};

/** Whether what a smaller preset than `thorough` allows ended a run, and no limit of the request itself. */
const presetEnded = (request: Report["run"]["request"], stopReason: Recommendation["stopReason"]): boolean => {
  const asked = limitsSchema.safeParse(request).data;
  if (asked === undefined || asked.sampling.preset === "thorough") return false;
  const isAsked = asked.budget?.maxInvocations !== undefined || asked.sampling.maxInvocations !== undefined;
  return stopReason === "round-limit" || (stopReason === "invocation-limit" && !isAsked);
};

/** What of a report's request may have ended its run. */
const limitsSchema = z.looseObject({
  sampling: z.looseObject({ preset: z.string(), maxInvocations: z.number().optional() }),
  budget: z.looseObject({ maxInvocations: z.number().optional() }).optional(),
});

/** A single timeout says less, and has its place in the advice on the timeout. */
const hangsNowAndThen = (warning: Report["warnings"][number]): boolean =>
  warning.kind === "occasional-timeouts" && Number(warning["timeouts"]) > 1;

/** From this share of failures on, what is failing matters more than which size it fails at. */
const oftenShare = 0.1;

const failsOften = (warning: Report["warnings"][number]): boolean =>
  warning.kind === "invocations-failed" && Number(warning["failed"]) > oftenShare * Number(warning["invocations"]);

/** Why a timeout should not be set yet; absent where it may be. */
const cautionAbout = (
  timeout: TimeoutRecommendation,
  { findingReasonCodes }: Report,
  isAssumed: boolean,
): string | undefined => {
  const { recommendedSeconds, currentSeconds, provisional, decidedBy, timeoutsSeen = 0 } = timeout;
  if (decidedBy === "censored") {
    const [what, which] =
      timeoutsSeen === 1
        ? ["1 invocation", "it hangs or is slow"]
        : [`${formatNumber(timeoutsSeen)} invocations`, "they hang or are slow"];
    return `${what} ended at the timeout of ${formatTimeout(currentSeconds)}: find out whether ${which} before raising it.`;
  }
  if (timeoutObjection(timeout) === "caller-ceiling")
    return `Keep the timeout of ${formatTimeout(currentSeconds)} unless no caller waits longer (see the warning).`;
  const changes = recommendedSeconds !== currentSeconds && decidedBy !== "caller-ceiling";
  const isTooShort = findingReasonCodes.includes("TimeoutTooShort");
  return provisional && changes && !isTooShort && !isAssumed && !needsItsTimeout(timeout)
    ? `Keep the timeout of ${formatTimeout(currentSeconds)} until production confirms ${formatTimeout(recommendedSeconds)}.`
    : undefined;
};

const timeoutChange = (timeout: TimeoutRecommendation, isAssumed: boolean): string[] =>
  change("timeout", timeout.recommendedSeconds, timeout.currentSeconds, formatTimeout, isAssumed).map((words) =>
    timeout.provisional ? `${words} (provisional)` : words,
  );

/** A setting to change; what it replaces is not said of one that nobody stated. */
const change = (
  name: string,
  advised: number,
  current: number,
  format: (value: number) => string,
  isAssumed: boolean,
): string[] => {
  if (advised === current) return [];
  return [`${name} ${format(advised)}${isAssumed ? "" : ` instead of ${format(current)}`}`];
};
