import { formatDuration } from "../report/format-duration.ts";
import { formatCount, formatNumber } from "../report/format-number.ts";
import { formatOdds, formatShare } from "../report/format-percent.ts";
import { formatUsd } from "../report/format-usd.ts";
import type { TimeoutRecommendation } from "../report/schema.ts";
import type { CallerCeiling, ProductionDuration } from "../production/production-metrics.ts";
import { timeoutLimitsSeconds } from "../units.ts";
import { boundRank } from "./bound-rank.ts";
import { givenCeiling, lowestCeiling, nameOfCaller } from "./caller-ceiling.ts";
import { healthyCutShare } from "./healthy-cut-share.ts";
import type { QuantileBound } from "./quantile-bound.ts";
import { isQueue, queueSentence } from "./queue-visibility.ts";
import { invocationsToLower, type TimeoutEvidence } from "./timeout-evidence.ts";
import type { Slowdown, TimeoutInput } from "./timeout-input.ts";

type Facts = Omit<TimeoutRecommendation, "explanation">;

/**
 * Says in a few plain sentences what the timeout rests on, what decided it and what it spares.
 *
 * Not what the timeout and its alternatives cut off: those shares are fields of their own.
 *
 * @param facts - The recommendation itself.
 * @param evidence - What it was derived from.
 * @param input - What was asked.
 * @param bound - Of the policy that decided.
 */
export const explainTimeout = (
  facts: Facts,
  evidence: TimeoutEvidence,
  input: TimeoutInput,
  bound: QuantileBound,
): string[] => [
  evidence.production === undefined || facts.provisional
    ? basisOfSamples(facts, evidence)
    : basisOfProduction(facts, evidence.production, input),
  ...decision(facts, evidence, input, bound),
  ...slowdownSentence(evidence, input),
  ...provisionalSentence(facts, input),
  runaway(facts),
  ...(facts.queues ?? []).map(queueSentence),
];

const basisOfProduction = (
  facts: Facts,
  { sampleCount }: ProductionDuration,
  { policy, confidence, production }: TimeoutInput,
): string => {
  const seen = `${formatCount(sampleCount, "invocation")} of production in ${formatCount(production?.lookbackDays ?? 0, "day")}`;
  const bound = `${formatDuration(facts.upperBoundMs)} at most (${formatShare(confidence)} confidence)`;
  if (facts.policy === "p99") return `${seen}: p${policy.percentile} is ${bound}${supported(facts, "; they support")}.`;
  const how =
    boundRank(sampleCount, healthyCutShare, confidence) === undefined
      ? ", if the tail goes on as it begins"
      : ", whatever the distribution";
  return `${seen}: what 1 in ${formatNumber(1 / healthyCutShare)} exceeds is ${bound}${how}${supported(facts, "; they support")}.`;
};

const basisOfSamples = (facts: Facts, { production, durations }: TimeoutEvidence): string => {
  const ofRun = `of this run ${production === undefined ? "alone" : "and little production"}`;
  const seen =
    durations.length === 0
      ? `${formatCount(facts.n, "invocation")} of production alone`
      : `${formatCount(facts.n, "healthy invocation")} ${ofRun}`;
  return `Rests on ${seen}${supported(facts, ", enough for")}.`;
};

/** The highest percentile that so many invocations bound whatever their distribution. */
const supported = ({ supportedPercentile }: Facts, lead: string): string =>
  supportedPercentile === undefined ? "" : `${lead} percentiles up to p${percentileText(supportedPercentile)}`;

/** Cut, not rounded: p99.996 must not read as p100. */
const percentileText = (percentile: number): string => {
  const decimals = percentile < 99 ? 0 : Math.min(6, Math.ceil(-Math.log10(100 - percentile)) + 1);
  const scale = 10 ** decimals;
  return String(Math.floor(percentile * scale) / scale);
};

/** What made the number, where the bound alone did not. */
const decision = (facts: Facts, evidence: TimeoutEvidence, input: TimeoutInput, bound: QuantileBound): string[] => {
  const { recommendedSeconds: seconds, currentSeconds } = facts;
  const ceiling = lowestCeiling(facts.ceilings)?.ceiling;
  switch (facts.decidedBy) {
    case "distribution-free":
    case "extrapolated":
      return [];
    case "samples-only":
      return [samplesSentence(seconds, evidence.durations.length, bound)];
    case "cold-start":
      return [`${seconds} s leaves room for the slowest cold start seen.`];
    case "p99-based":
      return [p99Sentence(facts, evidence.durations.length, input.policy.percentile, bound)];
    case "censored":
      return [
        `${formatCount(facts.timeoutsSeen ?? 0, "invocation")} ended at the current ${currentSeconds} s, so how long ${facts.timeoutsSeen === 1 ? "it" : "they"} would have run is unknown: set ${seconds} s, then measure again.`,
      ];
    case "current-suffices":
      return [
        `The current ${currentSeconds} s is expected to cut off ${formatOdds(facts.expectedCutShare)}, so it is not raised on samples alone.`,
      ];
    case "timeouts-seen":
      return [
        `${formatCount(facts.timeoutsSeen ?? 0, "invocation")} of production ended at the current ${currentSeconds} s, so it is not lowered.`,
      ];
    case "little-production-data":
      return [
        `Production shows ${formatCount(input.production?.duration?.sampleCount ?? 0, "invocation")}; the current ${currentSeconds} s is not lowered on fewer than ${formatNumber(invocationsToLower)}.`,
      ];
    default:
      return [ceilingSentence(facts, ceiling, evidence, input)];
  }
};

const samplesSentence = (seconds: number, n: number, { method, upperMs }: QuantileBound): string => {
  if (upperMs >= timeoutLimitsSeconds.max * 1000) {
    return `${seconds} s is the most that Lambda allows; samples so far apart would ask for more.`;
  }
  const leaves = `${seconds} s leaves room over`;
  if (method !== "slowest-sample") return `${leaves} a lognormal bound and over three times the slowest sample.`;
  return n === 1
    ? `${leaves} three times the only sample, which gives no bound.`
    : `${leaves} ${tenTimesTheSlowest(n)}; so few give no bound.`;
};

const p99Sentence = (
  { recommendedSeconds: seconds, marginMs }: Facts,
  n: number,
  percentile: number,
  { method, upperMs }: QuantileBound,
): string => {
  const margin = formatDuration(marginMs);
  if (upperMs + marginMs > timeoutLimitsSeconds.max * 1000) {
    return `${seconds} s is the most that Lambda allows; the upper bound of p${percentile} plus ${margin} is more.`;
  }
  if (method !== "slowest-sample") return `${seconds} s is the upper bound of p${percentile} plus ${margin}.`;
  return n === 1
    ? `${seconds} s leaves ${margin} over the only sample, which gives no bound.`
    : `${seconds} s leaves ${margin} over ${tenTimesTheSlowest(n)}; so few give no bound.`;
};

const tenTimesTheSlowest = (n: number): string => `ten times the slowest of ${n} samples`;

const ceilingSentence = (
  { expectedCutShare, recommendedSeconds }: Facts,
  ceiling: CallerCeiling | undefined,
  { currentCutShare }: TimeoutEvidence,
  { currentMb, recommendedMb }: TimeoutInput,
): string => {
  const before =
    currentMb === recommendedMb
      ? ""
      : ` at ${recommendedMb} MB, ${formatOdds(currentCutShare(recommendedSeconds * 1000))} at ${currentMb} MB`;
  const lost = `expected share that will not make it: ${formatOdds(expectedCutShare)}${before}`;
  const { caller = givenCeiling, ceilingMs = 0 } = ceiling ?? {};
  return ceiling !== undefined && isQueue(ceiling)
    ? `${caller} hides a message for ${formatDuration(ceilingMs)}, after which it comes again; ${lost}.`
    : `${nameOfCaller(caller)} waits ${formatDuration(ceilingMs)} at most, so a longer timeout buys nothing; ${lost}.`;
};

const slowdownSentence = ({ slowdown }: TimeoutEvidence, { currentMb, recommendedMb }: TimeoutInput): string[] => {
  if (slowdown.upper === 1) return [];
  const why = slowdown.unseenTail === true ? ": production's slowest are of a kind that the run has not met" : "";
  return [`Durations count ${timesOf(slowdown)} as long at ${recommendedMb} MB as at ${currentMb} MB${why}.`];
};

const timesOf = ({ expected, upper }: Slowdown): string => {
  const [low, high] = [formatNumber(expected, 2), formatNumber(upper, 2)];
  return `${low === high ? low : `${low} to ${high}`} times`;
};

const provisionalSentence = ({ provisional, n }: Facts, { production }: TimeoutInput): string[] => {
  if (!provisional) return [];
  const seen = production?.duration?.sampleCount;
  const why =
    seen === undefined ? "without durations of production," : `with ${formatCount(seen, "invocation")} of production,`;
  return [
    `Provisional: ${why} ${formatCount(n, "sample")} ${n === 1 ? "says" : "say"} nothing certain about 1 in ${formatNumber(1 / healthyCutShare)}; tune again after ${formatNumber(invocationsToLower)} invocations of production.`,
  ];
};

const runaway = ({ maxChargeOfARunawayUsd: charge, currentSeconds, recommendedSeconds }: Facts): string => {
  const now = `An invocation that never returns costs ${formatUsd(charge.recommended)}`;
  return recommendedSeconds === currentSeconds && charge.recommended === charge.current
    ? `${now}.`
    : `${now}, ${formatUsd(charge.current)} at the current ${currentSeconds} s.`;
};
