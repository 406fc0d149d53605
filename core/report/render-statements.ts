import { priceOf } from "../pricing/price-book.ts";
import { transitionCharge } from "../pricing/transition-charge.ts";
import type { StopReason } from "../sampling/decision.ts";
import { comparedWith } from "./compared-with.ts";
import { formatDuration, formatTimeout, formatWait } from "./format-duration.ts";
import { formatMemories, formatMemory } from "./format-memory.ts";
import { formatCount, formatNumber } from "./format-number.ts";
import { formatOdds, formatPercent, formatShare } from "./format-percent.ts";
import { formatUsd } from "./format-usd.ts";
import { isMet } from "./is-met.ts";
import type { Recommendation, Report } from "./schema.ts";

/** A setting with the advice on it: what it should be, what it is, and what the change does. */
export interface SettingStatement {
  readonly advised: string;
  readonly current: string;
  readonly changes: boolean;
  readonly effect: string;
}

/** The function's name, with the qualifier it was measured under unless that is `$LATEST`. */
export const targetName = ({ functionArn, functionVersion }: Report): string => {
  const name = functionArn.split(":")[6] ?? functionArn;
  return functionVersion === "$LATEST" ? name : `${name}:${functionVersion}`;
};

/** Where the figures come from: engine, architecture and prices. */
export const provenance = ({ run, prices }: Report): string => {
  const engine = {
    aws: "in AWS",
    local: `on this machine${run.cpuBackend === undefined ? "" : ` (CPU by ${run.cpuBackend})`}`,
    simulated: "simulated",
  }[run.engine];
  return `${engine} · ${prices.architecture} · ${prices.region} prices of ${prices.publicationDate}`;
};

/** The memory advice; absent when no size could be measured. */
export const memoryStatement = (report: Report): SettingStatement | undefined => {
  const { recommendation } = report;
  if (recommendation === undefined) return undefined;
  const changes = recommendation.memorySizeMb !== report.currentMemorySize;
  return {
    advised: formatMemory(recommendation.memorySizeMb),
    current: formatMemory(report.currentMemorySize),
    changes,
    effect: changes ? effectOf(report, recommendation) : keepEffect(report, recommendation),
  };
};

/** The timeout advice; absent when nothing supports one. */
export const timeoutStatement = ({ timeoutRecommendation: advice }: Report): SettingStatement | undefined => {
  if (advice === undefined) return undefined;
  const basis = basisWords[advice.decidedBy] ?? advice.decidedBy.replaceAll("-", " ");
  return {
    advised: formatTimeout(advice.recommendedSeconds),
    current: formatTimeout(advice.currentSeconds),
    changes: advice.recommendedSeconds !== advice.currentSeconds,
    effect: advice.provisional
      ? `provisional: ${formatCount(advice.n, "sample")} cannot show rare slow calls; ${basis}`
      : `${cutWords(advice.expectedCutShare)}; ${basis}`,
  };
};

/** Why that timeout; absent when nothing supports one. */
export const timeoutGrounds = ({ timeoutRecommendation: advice }: Report): string | undefined =>
  advice?.explanation.join(" ");

/** How sure the memory advice is, and what ended sampling. */
export const confidenceStatement = (report: Report): string | undefined => {
  const { recommendation, currentMemorySize } = report;
  if (recommendation === undefined) return undefined;
  const { conclusive, regretBoundPercent: bound, confidence, stopReason, nextDollar } = recommendation;
  if (!conclusive) {
    const next =
      nextDollar === undefined
        ? ""
        : ` Another ${formatUsd(nextDollar.usd)} of sampling is expected to gain ${formatPercent(nextDollar.expectedGainPercent)}.`;
    const why = whyInconclusive(recommendation);
    return `inconclusive: ${why}.${next}`;
  }
  const compared = comparedWith(report);
  if (compared === "nothing")
    return `no other size ${triedOthers(report) ? "could be used" : "was measured"}: there is nothing to compare it with`;
  if (bound === undefined) return `${formatShare(confidence)}; ${stopWords[stopReason]}`;
  const [others, unmeasured] =
    compared === "others"
      ? ["no other of the sizes asked for", `; ${formatMemory(currentMemorySize)} was not measured`]
      : ["no other size", ""];
  const better = betterWords(recommendation.objective, bound.value);
  return `${formatShare(bound.confidence)} sure that ${others} ${better}${unmeasured}`;
};

/** Less is not worth a number. */
const negligiblePercent = 0.05;

/** What another size would do that served the objective better by more than so many percent. */
const betterWords = ({ kind }: Recommendation["objective"], percent: number): string => {
  const [verb, comparative] = kind === "balanced" ? ["balances charge and duration", "better"] : ["costs", "less"];
  return percent < negligiblePercent
    ? `${verb} ${comparative}`
    : `${verb} over ${formatPercent(percent)} ${comparative}`;
};

const whyInconclusive = ({ stopReason, unsettledPercent, objective, slo }: Recommendation): string => {
  if (isCutShort(stopReason)) return stopWords[stopReason];
  if (slo?.verdict === "not-shown")
    return `too few calls to show that p${slo.percentile} is under ${formatDuration(slo.limitMs)}, or that it is not`;
  if (unsettledPercent === undefined) return "no size ran well with memory to spare";
  const worse = formatPercent(unsettledPercent);
  return `too few calls to rule out that it is ${worse} ${objective.kind === "cost" ? "dearer" : "worse"} than another size`;
};

/** Sizes that are as good; absent when there are none. */
export const tieStatement = ({ recommendation }: Report): string | undefined =>
  recommendation === undefined || recommendation.tiedWithMb.length === 0
    ? undefined
    : `${formatMemories(recommendation.tiedWithMb)} cannot be told apart from ${formatMemory(recommendation.memorySizeMb)}`;

/** The verdict of an objective with a latency limit; absent for the others. */
export const sloStatement = ({ recommendation }: Report): string | undefined => {
  if (recommendation?.slo === undefined) return undefined;
  const { percentile, limitMs, verdict, upperBoundMs } = recommendation.slo;
  const limit = `p${percentile} under ${formatDuration(limitMs)}`;
  const bound = upperBoundMs === undefined ? "" : ` (upper bound ${formatDuration(upperBoundMs)})`;
  return {
    met: `${limit} is met${bound}`,
    "estimated-met": `${limit} is met by estimate${bound}; too few samples to show it`,
    "not-met": `${limit} is not met${bound}`,
    "not-shown": `${limit} is not shown: too few samples${bound}`,
  }[verdict];
};

/** What a month of production would save, or cost more, under the label for it; absent without its volume. */
export const monthlySavingStatement = (
  report: Report,
): { readonly label: "Saves" | "Costs"; readonly words: string } | undefined => {
  const option = report.memorySizeRecommendationOptions.find(
    ({ memorySize }) => memorySize === report.recommendation?.memorySizeMb,
  );
  const saving = option?.savingsOpportunity?.estimatedMonthlySavings?.value;
  if (saving === undefined || report.production === undefined) return undefined;
  const volume = formatCount(Math.round(report.production.invocationsPerMonth), "invocation");
  return saving < 0
    ? { label: "Costs", words: `about ${formatUsd(-saving)} more a month at ${volume}` }
    : { label: "Saves", words: `about ${formatUsd(saving)} a month at ${volume}` };
};

/**
 * Why the advice's changes differ from those of the plain means: they weigh in what the other sizes show. Absent where the
 * two agree on the saving within two points and on the duration within five.
 */
export const estimateStatement = ({ recommendation, currentMemorySize, measurements }: Report): string | undefined => {
  const { savingPercent, durationChangePercent, memorySizeMb } = recommendation ?? {};
  const sizeOf = (mb: number | undefined) => measurements.find((size) => size.memorySizeMb === mb);
  const [current, advised] = [sizeOf(currentMemorySize), sizeOf(memorySizeMb)];
  const charge = changeOf(current?.chargePerMillionUsd?.mean, advised?.chargePerMillionUsd?.mean);
  const duration = changeOf(current?.durationMs?.mean, advised?.durationMs?.mean);
  if (savingPercent === undefined || durationChangePercent === undefined) return undefined;
  if (charge === undefined || duration === undefined) return undefined;
  if (Math.abs(charge + savingPercent.expected) < 2 && Math.abs(duration - durationChangePercent) < 5) return undefined;
  return `The measured means alone say ${savingWords({ expected: -charge })}, ${durationWords(duration)}; the advice and all charges here also weigh in what the other sizes show.`;
};

const changeOf = (before: number | undefined, after: number | undefined): number | undefined =>
  before === undefined || after === undefined || before <= 0 ? undefined : 100 * (after / before - 1);

/** Proof that the target is as it was, or what is left to repair. */
export const restorationStatement = ({ restoration }: Report): string => {
  const { before, equal, leftovers } = restoration;
  const settings = `${formatMemory(before.memorySizeMb)}, ${formatTimeout(before.timeoutSeconds)}, code and all other settings`;
  const kept = equal
    ? `${settings} are what they were before the run`
    : "NOT PROVED: the target differs from what it was";
  return `${kept}; ${leftovers.length === 0 ? "nothing left behind" : `left behind: ${leftovers.join("; ")}`}`;
};

/** What the run cost against its estimate; on this machine what it would have cost, state transitions among it. */
export const costStatement = ({ run, prices }: Report): string => {
  const { actual, estimated } = run.cost;
  const estimate = `estimated ${formatUsd(estimated.expected)}, at most ${formatUsd(estimated.worstCase)}`;
  if (run.engine === "aws") return `${formatUsd(actual.total)} (${estimate})`;
  const booked = priceOf(prices.region, prices.architecture).prices;
  const inAws = actual.total + transitionCharge(run.stateTransitions ?? 0, booked);
  return `would have cost ${formatUsd(inAws)} in AWS (${estimate})`;
};

/** How much was done for it. */
export const effortStatement = ({ run }: Report): string => {
  const failed = run.failedInvocations === 0 ? "" : `, ${formatNumber(run.failedInvocations)} failed`;
  return `${formatCount(run.invocations, "invocation")} (${formatCount(run.coldStarts, "cold start")}${failed}) in ${formatCount(run.rounds, "round")}, ${formatWait(run.wallSeconds)}`;
};

/** An objective as the goal it sets. */
export const goalOf = (objective: Recommendation["objective"]): string => {
  switch (objective.kind) {
    case "cost":
      return "the cheapest";
    case "speed":
      return `the cheapest within ${formatPercent(objective.toleranceP ?? 0)} of the fastest`;
    case "balanced":
      return `the best balance of charge and duration (weight ${objective.weight ?? 0.5})`;
    case "slo":
      return `the cheapest with p${objective.percentile ?? 95} under ${formatDuration(objective.durationMs ?? 0)}`;
  }
};

/** Whether a limit ended sampling, so that a higher one would go on. */
export const isCutShort = (reason: StopReason): boolean =>
  reason === "spend-limit" || reason === "invocation-limit" || reason === "round-limit" || reason === "time-limit";

const stopWords: Record<StopReason, string> = {
  "plan-complete": "every planned size was measured",
  converged: "further samples were unlikely to change it",
  "spend-limit": "the spend limit ended sampling first",
  "invocation-limit": "the invocation limit ended sampling first",
  "round-limit": "the round limit ended sampling first",
  "time-limit": "the time of a run ended sampling first",
  "no-usable-size": "no size could be measured",
};

const cutWords = (share: number): string => {
  if (share <= 0) return "cuts off no healthy call";
  const odds = formatOdds(share);
  return odds.startsWith("under")
    ? `cuts off ${odds} healthy calls`
    : `cuts off about ${odds} ${odds.endsWith("%") ? "of " : ""}healthy calls`;
};

const keepEffect = (report: Report, recommendation: Recommendation): string => {
  if (comparedWith(report) === "nothing") return onlySize(report);
  return recommendation.conclusive ? `already ${reachedGoal(recommendation)}` : "nothing better was shown";
};

const onlySize = (report: Report): string => `the only size ${triedOthers(report) ? "that could be used" : "measured"}`;

const triedOthers = ({ measurements }: Report): boolean => measurements.length > 1;

/** The goal, or how near it the recommended size came where no size was shown to reach it. */
const reachedGoal = ({ objective, slo }: Recommendation): string =>
  slo === undefined || isMet(slo)
    ? goalOf(objective)
    : `the closest to p${slo.percentile} under ${formatDuration(slo.limitMs)}`;

const basisWords: Readonly<Record<string, string>> = {
  "distribution-free": "from production history",
  extrapolated: "extrapolated from production history",
  "samples-only": "from the tuning samples alone",
  "p99-based": "from p99 and a margin",
  "timeouts-seen": "calls already end at the timeout now and then",
  "little-production-data": "too little production to lower it",
  censored: "calls ended at the current timeout, so it says little",
  "current-suffices": "it is expected to suffice",
  "caller-ceiling": "the caller waits no longer",
  "cold-start": "the slowest cold start needs it",
};

const effectOf = (report: Report, recommendation: Recommendation): string => {
  const { savingPercent, durationChangePercent } = recommendation;
  const compared = comparedWith(report);
  if (compared === "nothing") return onlySize(report);
  if (savingPercent === undefined && compared === "others")
    return `${reachedGoal(recommendation)} of the sizes measured, ${formatMemory(report.currentMemorySize)} not among them`;
  const parts = [
    savingPercent === undefined ? reachedGoal(recommendation) : savingWords(savingPercent),
    durationChangePercent === undefined ? "" : durationWords(durationChangePercent),
  ];
  return parts.filter((part) => part !== "").join(", ");
};

const savingWords = ({ expected, interval }: NonNullable<Recommendation["savingPercent"]>): string => {
  if (Math.abs(expected) < 0.05) return "same charge";
  return `${cheaperWords(expected)}${interval === undefined ? "" : ` (${rangeWords(interval, expected > 0)})`}`;
};

const cheaperWords = (percent: number): string =>
  percent > 0 ? `${formatPercent(percent)} cheaper` : `${formatPercent(-percent)} dearer`;

/** From the less to the more of what is said before it; both ends in words where they lie on either side of no change. */
const rangeWords = (
  { lower, upper }: { readonly lower: number; readonly upper: number },
  isCheaper: boolean,
): string => {
  if (lower < 0 && upper > 0) return `${cheaperWords(lower)} to ${cheaperWords(upper)}`;
  const [less, more] = isCheaper ? [lower, upper] : [-upper, -lower];
  return `${formatPercent(less)} to ${formatPercent(more)}`;
};

const durationWords = (percent: number): string => {
  if (Math.abs(percent) < 0.05) return "same duration";
  if (percent > 0)
    return percent < 100 ? `${formatPercent(percent)} slower` : `${timesWords(1 + percent / 100)} the duration`;
  return percent > -50 ? `${formatPercent(-percent)} faster` : `${timesWords(1 / (1 + percent / 100))} as fast`;
};

const timesWords = (factor: number): string => `${formatNumber(factor, factor < 10 ? 1 : 0)}x`;
