import { formatTimeout } from "../../core/report/format-duration.ts";
import { formatMemory } from "../../core/report/format-memory.ts";
import { targetName } from "../../core/report/render-statements.ts";
import type { Report } from "../../core/report/schema.ts";

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
  if (!recommendation.conclusive)
    return "Next: tune again with a higher limit; this one ended the run before it was settled.";
  const settings = [
    ...(memory.advised === memory.current
      ? []
      : [`memory ${formatMemory(memory.advised)} instead of ${formatMemory(memory.current)}`]),
    ...(timeout === undefined || timeout.recommendedSeconds === timeout.currentSeconds
      ? []
      : [
          `timeout ${formatTimeout(timeout.recommendedSeconds)} instead of ${formatTimeout(timeout.currentSeconds)}${timeout.provisional ? " (provisional)" : ""}`,
        ]),
  ];
  if (settings.length === 0) return `Next: nothing, ${targetName(report)} is set as it should be.`;
  const what = settings.join(", ");
  return run.engine === "aws" && stored !== undefined
    ? `Next: lambda-tuner apply ${stored} sets ${what}.`
    : `Next: set ${what} where ${targetName(report)} is deployed.`;
};
