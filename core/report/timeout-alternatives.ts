import { formatTimeout } from "./format-duration.ts";
import { formatMemory } from "./format-memory.ts";
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
export const alternativesStatement = ({
  timeoutRecommendation: advice,
  currentMemorySize,
}: Report): string | undefined => {
  if (advice === undefined) return undefined;
  const [first, ...others] = timeoutAlternatives(advice).map(
    ({ rule, timeoutSeconds, expectedCutShare }) =>
      [`${rule}: ${formatTimeout(timeoutSeconds)}`, lossOf(expectedCutShare)] as const,
  );
  if (first === undefined) return undefined;
  const [set, cut] = first;
  return `${[`${set} and ${cut} cut off`, ...others.map((words) => words.join(", "))].join("; ")}${assumption(advice, currentMemorySize)}.`;
};

const lossOf = (share: number): string => (share >= 0.995 ? "nearly all" : formatOdds(share));

/**
 * What the alternatives rest on where that is not plain: without production the shares are those of the samples' lognormal
 * fit, and with it the rules of thumb look at the size that production ran with.
 */
export const assumption = ({ provisional, slowdown }: TimeoutRecommendation, currentMb: number): string => {
  if (provisional) return " (if durations are lognormal)";
  return slowdown === undefined ? "" : `; the rules of thumb look at ${formatMemory(currentMb)}, where production ran`;
};
