import { formatDuration } from "../report/format-duration.ts";
import { formatCount, formatNumber } from "../report/format-number.ts";
import { formatOdds, formatShare } from "../report/format-percent.ts";
import { formatUsd } from "../report/format-usd.ts";
import type { TimeoutRecommendation } from "../report/schema.ts";
import { lowestCeiling } from "./caller-ceiling.ts";
import { isQueue, queueSentence } from "./queue-visibility.ts";
import { invocationsToLower, type TimeoutEvidence } from "./timeout-evidence.ts";
import type { TimeoutInput } from "./timeout-input.ts";

type Facts = Omit<TimeoutRecommendation, "explanation">;

/**
 * Says in plain sentences what the timeout rests on, what decided it and what it costs or saves.
 *
 * @param facts - The recommendation itself.
 * @param evidence - What it was derived from.
 * @param input - What was asked.
 */
export const explainTimeout = (facts: Facts, evidence: TimeoutEvidence, input: TimeoutInput): string[] => [
  basis(facts, evidence, input),
  ...supported(facts, input),
  decision(facts, input),
  ...slowdownSentence(evidence, input),
  ...provisionalSentence(facts, input),
  runaway(facts),
  ...(facts.queues ?? []).map(queueSentence),
];

const basis = (
  facts: Facts,
  { production }: TimeoutEvidence,
  { production: metrics, confidence }: TimeoutInput,
): string => {
  const bound = `${formatShare(confidence)} upper bound ${formatDuration(facts.upperBoundMs)}`;
  const what = facts.policy === "p99" ? "the percentile asked" : "the duration that 1 in 10,000 invocations exceeds";
  return production !== undefined && !facts.provisional
    ? `Rests on ${formatCount(facts.n, "invocation")} of production in ${formatCount(metrics?.lookbackDays ?? 0, "day")}: ${bound} for ${what}.`
    : `Rests on ${formatCount(facts.n, "healthy invocation")}${production === undefined ? " of this run alone" : " and little production"}.`;
};

const supported = ({ supportedPercentile, n }: Facts, { confidence }: TimeoutInput): string[] =>
  supportedPercentile === undefined
    ? []
    : [
        `${formatCount(n, "invocation")} support a distribution-free bound with ${formatShare(confidence)} confidence up to p${percentileText(supportedPercentile)}.`,
      ];

/** Cut, not rounded: p99.996 must not read as p100. */
const percentileText = (percentile: number): string => {
  const decimals = percentile < 99 ? 0 : Math.min(6, Math.ceil(-Math.log10(100 - percentile)) + 1);
  const scale = 10 ** decimals;
  return formatNumber(Math.floor(percentile * scale) / scale, decimals);
};

const decision = (facts: Facts, input: TimeoutInput): string => {
  const { recommendedSeconds: seconds, currentSeconds } = facts;
  const cut = `expected share cut off: ${formatOdds(facts.expectedCutShare)}`;
  const ceiling = lowestCeiling(facts.ceilings)?.ceiling;
  switch (facts.decidedBy) {
    case "distribution-free":
      return `${seconds} s keeps the cut-off healthy invocations under 1 in 10,000 whatever the distribution of durations; ${cut}.`;
    case "extrapolated":
      return `${seconds} s carries the slowest invocation outward along the tail, since production shows too few invocations for a bound without assumptions; ${cut}.`;
    case "samples-only":
      return `${seconds} s leaves room over a lognormal bound and over three times the slowest sample; if durations are lognormal, the ${cut}.`;
    case "cold-start":
      return `${seconds} s leaves room for the slowest cold start seen; ${cut}.`;
    case "p99-based":
      return `${seconds} s is the upper bound of p${input.policy.percentile} plus ${formatDuration(facts.marginMs)}; ${cut}.`;
    case "censored":
      return `${formatCount(facts.timeoutsSeen ?? 0, "invocation")} ended at the current ${currentSeconds} s, so how long they would have run is unknown: set ${seconds} s, then measure again.`;
    case "timeouts-seen":
      return `${formatCount(facts.timeoutsSeen ?? 0, "invocation")} of production ended at the current ${currentSeconds} s, so it is not lowered.`;
    case "little-production-data":
      return `Production shows ${formatCount(input.production?.duration?.sampleCount ?? 0, "invocation")}; the current ${currentSeconds} s is not lowered on fewer than ${formatNumber(invocationsToLower)}.`;
    default:
      if (ceiling !== undefined && isQueue(ceiling)) {
        return `${ceiling.caller} hides a message for ${formatDuration(ceiling.ceilingMs)}, after which it comes again; expected share that will not make it: ${formatOdds(facts.expectedCutShare)}.`;
      }
      return `${ceiling?.caller ?? "The caller"} waits ${formatDuration(ceiling?.ceilingMs ?? 0)} at most, so a longer timeout buys nothing: expected share that will not make it: ${formatOdds(facts.expectedCutShare)}.`;
  }
};

const slowdownSentence = ({ slowdown }: TimeoutEvidence, { currentMb, recommendedMb }: TimeoutInput): string[] => {
  if (slowdown.upper === 1) return [];
  const why =
    slowdown.unseenTail === true
      ? ", since production's slowest invocations are of a kind that the run has not met"
      : "";
  return [
    `Durations at ${currentMb} MB count ${formatNumber(slowdown.expected, 2)} times as long at ${recommendedMb} MB, at most ${formatNumber(slowdown.upper, 2)} times${why}.`,
  ];
};

const provisionalSentence = ({ provisional, n }: Facts, { production }: TimeoutInput): string[] => {
  if (!provisional) return [];
  const seen = production?.duration?.sampleCount;
  const why =
    seen === undefined ? "no durations of production are known" : `production shows ${formatCount(seen, "invocation")}`;
  return [
    `Provisional: ${why}, and ${formatCount(n, "sample")} say nothing certain about 1 in 10,000. Tune again after ${formatNumber(invocationsToLower)} invocations of production.`,
  ];
};

const runaway = ({ maxChargeOfARunawayUsd: charge, currentSeconds, recommendedSeconds }: Facts): string =>
  `An invocation that never returns costs ${formatUsd(charge.current)} at ${currentSeconds} s, ${formatUsd(charge.recommended)} at ${recommendedSeconds} s.`;
