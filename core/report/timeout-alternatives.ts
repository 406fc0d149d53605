import { formatTimeout } from "./format-duration.ts";
import { formatOdds } from "./format-percent.ts";
import type { Report, TimeoutRecommendation } from "./schema.ts";

/** A timeout that was not taken, and the share of healthy invocations that it is expected to cut off. */
export type TimeoutAlternative = TimeoutRecommendation["naiveRules"][number];

/** Our other policy's timeout, where it differs, then the rules of thumb. */
export const timeoutAlternatives = (advice: TimeoutRecommendation): readonly TimeoutAlternative[] => [
  ...otherPolicy(advice),
  ...advice.naiveRules,
];

const otherPolicy = (advice: TimeoutRecommendation): readonly TimeoutAlternative[] => {
  const [rule, timeoutSeconds, expectedCutShare] =
    advice.policy === "p99"
      ? (["bounded risk", advice.boundedRiskSeconds, advice.boundedRiskCutShare] as const)
      : (["p99-based", advice.p99BasedSeconds, advice.p99BasedCutShare] as const);
  return expectedCutShare === undefined || timeoutSeconds === advice.recommendedSeconds
    ? []
    : [{ rule, timeoutSeconds, expectedCutShare }];
};

/** What other rules would have set and cut off, in a sentence; absent when nothing supports a timeout. */
export const alternativesStatement = ({ timeoutRecommendation: advice }: Report): string | undefined => {
  if (advice === undefined) return undefined;
  const [first, ...others] = timeoutAlternatives(advice).map(
    ({ rule, timeoutSeconds, expectedCutShare }) =>
      [`${rule}: ${formatTimeout(timeoutSeconds)}`, lossOf(expectedCutShare)] as const,
  );
  if (first === undefined) return undefined;
  const [set, cut] = first;
  return `${[`${set} and ${cut} cut off`, ...others.map((words) => words.join(", "))].join("; ")}${assumption(advice)}.`;
};

const lossOf = (share: number): string => (share >= 0.995 ? "nearly all" : formatOdds(share));

/** Without production the shares are those of the samples' lognormal fit. */
const assumption = ({ provisional }: TimeoutRecommendation): string =>
  provisional ? " (if durations are lognormal)" : "";
