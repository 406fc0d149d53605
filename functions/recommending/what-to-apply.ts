import { formatOdds } from "../../core/report/format-percent.ts";
import { isMet } from "../../core/report/is-met.ts";
import type { Report, TimeoutRecommendation } from "../../core/report/schema.ts";
import { needsItsTimeout, timeoutObjection, type TimeoutObjection } from "../../core/timeout/timeout-objection.ts";
import type { Warning } from "../../core/warning.ts";
import type { ExecutionState } from "../execution-state.ts";

type Apply = ExecutionState["request"]["apply"];

/** What is set of what the request asks for, when nobody is there to look at the report first. */
export interface WhatToApply {
  readonly apply: Apply;
  readonly applyWanted: boolean;
  /** What is left undone, and why. */
  readonly warnings: readonly Warning[];
}

/** Sets nothing on top of what is unsettled, and leaves a timeout alone that a person should look at first. */
export const whatToApply = (asked: Apply, report: Report): WhatToApply => {
  if (!asked.memory && !asked.timeout) return { apply: asked, applyWanted: false, warnings: [] };
  const { timeoutRecommendation: advice } = report;
  const objection = asked.timeout && advice !== undefined ? timeoutObjection(advice) : undefined;
  const apply = { ...asked, timeout: asked.timeout && objection === undefined };
  const obstacle = obstacleTo(apply, report);
  if (obstacle !== undefined) {
    return { apply, applyWanted: false, warnings: [{ kind: "not-applied", reason: obstacle }] };
  }
  return {
    apply,
    applyWanted: apply.memory || apply.timeout,
    warnings: advice === undefined || objection === undefined ? [] : [withheld(advice, objection)],
  };
};

const withheld = (
  { currentSeconds, recommendedSeconds }: TimeoutRecommendation,
  reason: TimeoutObjection,
): Warning => ({ kind: "timeout-not-applied", reason, currentSeconds, recommendedSeconds });

const obstacleTo = (apply: Apply, report: Report): string | undefined => {
  const { recommendation, restoration, timeoutRecommendation: advice } = report;
  if (recommendation === undefined) return "no size could be recommended.";
  if (recommendation.unsettledPercent !== undefined)
    return "the invocations of the plan were too few to settle the question.";
  const { conclusive, memorySizeMb, slo } = recommendation;
  if (slo !== undefined && !isMet(slo) && (apply.memory || !conclusive))
    return `no size was found that keeps p${slo.percentile} within ${slo.limitMs} ms.`;
  if (!conclusive) return "a limit ended the run before the question was settled.";
  if (!restoration.equal) return "the function is not as it was when the run began.";
  const isNew = memorySizeMb !== report.currentMemorySize;
  if (apply.memory && !apply.timeout && isNew && advice !== undefined && needsItsTimeout(advice))
    return `at ${memorySizeMb} MB the current timeout of ${advice.currentSeconds} s is expected to cut off healthy invocations (${formatOdds(advice.keptCutShare ?? 0)}). Have the timeout set with it (apply.timeout), or run \`lambda-tuner apply\` on the report.`;
  return undefined;
};
