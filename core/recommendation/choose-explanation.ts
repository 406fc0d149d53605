import { formatMemories } from "../report/format-memory.ts";
import { formatCount } from "../report/format-number.ts";
import { formatPercent, formatShare } from "../report/format-percent.ts";
import type { SamplingContext, StopReason } from "../sampling/decision.ts";
import { preferenceShare } from "./choose-by-objective.ts";
import type { JudgedSize } from "./judge-sizes.ts";
import type { SloVerdict } from "./judge-slo.ts";

/** What the sentences are made from. */
export interface ChoiceFacts {
  readonly best: JudgedSize;
  readonly tied: readonly JudgedSize[];
  /** All sizes that could have been chosen. */
  readonly candidates: readonly JudgedSize[];
  /** By memory size: that it is short of memory now and then, though its calls have not shown it. */
  readonly pressureProbabilities: ReadonlyMap<number, number>;
  readonly stopped: StopReason;
  readonly floorMb: number;
  readonly verdict: SloVerdict | undefined;
  /** Whether no other size could be measured. */
  readonly isOnly: boolean;
  /** Sizes that were tried: where only one of several could be used, that is why. */
  readonly triedSizes: number;
}

/** Says in plain sentences why this size was chosen and why sampling stopped. */
export const explainChoice = (context: SamplingContext, facts: ChoiceFacts): string[] => [
  whyThisSize(context, facts),
  ...tiedSentence(context, facts),
  ...pressureSentence(facts),
  ...floorSentence(facts),
  whyStopped[facts.stopped],
];

const whyThisSize = (context: SamplingContext, facts: ChoiceFacts): string => {
  const { objective } = context;
  const { best, verdict, isOnly, triedSizes } = facts;
  const size = `${best.memorySizeMb} MB`;
  if (isOnly && objective.kind !== "slo")
    return `${size} is the only size that ${triedSizes > 1 ? "could be used" : "was measured"}.`;
  switch (objective.kind) {
    case "cost":
      return lowestCharge(context, facts);
    case "balanced":
      return `${size} has the best balance of charge and duration at weight ${objective.weight}.`;
    case "speed":
      return objective.toleranceP === 0
        ? `${size} is the cheapest of the sizes that are as fast as the fastest, as far as noise lets one tell.`
        : `${size} is the cheapest size within ${objective.toleranceP}% of the fastest.`;
    case "slo":
      return sloSentence[verdict?.verdict ?? "not-shown"](
        size,
        `p${objective.percentile}`,
        `${objective.durationMs} ms`,
      );
  }
};

/** A faster size is taken for a trifle more, and a surer one for what another may turn out to cost. */
const lowestCharge = ({ sampling }: SamplingContext, facts: ChoiceFacts): string => {
  const { best, candidates } = facts;
  const cheapest = candidates.reduce(
    (low, size) => (size.chargePerMillionUsd < low.chargePerMillionUsd ? size : low),
    best,
  );
  if (cheapest === best) return `${best.memorySizeMb} MB has the lowest charge per invocation of the sizes measured.`;
  const trifle = preferenceShare * sampling.tolerance;
  const isFaster = best.memorySizeMb > cheapest.memorySizeMb;
  if (isFaster && best.chargePerMillionUsd <= (1 + trifle) * cheapest.chargePerMillionUsd)
    return `${best.memorySizeMb} MB costs at most ${100 * trifle}% more per invocation than ${cheapest.memorySizeMb} MB, the cheapest of the sizes measured, and is faster.`;
  const cheaper = formatPercent(100 * (1 - cheapest.chargePerMillionUsd / best.chargePerMillionUsd));
  const risk = pressureRisk(facts, cheapest);
  return risk === undefined
    ? `${best.memorySizeMb} MB has about the lowest charge per invocation of the sizes measured: ${cheapest.memorySizeMb} MB looks ${cheaper} cheaper, which is within what is not known of both.`
    : `${best.memorySizeMb} MB has the lowest charge per invocation of the sizes measured once risk is counted: ${cheapest.memorySizeMb} MB looks ${cheaper} cheaper, but ${risk}, and that would cost far more.`;
};

/** The intervals are of what the invocations have shown. */
const pressureSentence = (facts: ChoiceFacts): string[] => {
  const risk = pressureRisk(facts, facts.best);
  return risk === undefined
    ? []
    : [`The intervals are for a function that has enough memory at ${facts.best.memorySizeMb} MB: ${risk}.`];
};

/** Under this chance nothing is said of it. */
const worthSaying = 0.01;

const pressureRisk = ({ pressureProbabilities }: ChoiceFacts, { memorySizeMb, n }: JudgedSize): string | undefined => {
  const chance = pressureProbabilities.get(memorySizeMb) ?? 0;
  if (chance < worthSaying) return undefined;
  const leave = `${formatCount(n, "invocation")} ${n === 1 ? "leaves" : "leave"}`;
  return `its ${leave} a chance of ${formatShare(chance)} that it is short of memory now and then`;
};

const sloSentence: Record<SloVerdict["verdict"], (size: string, percentile: string, limit: string) => string> = {
  met: (size, percentile, limit) =>
    `${size} is the cheapest size whose ${percentile} was shown to stay under ${limit}.`,
  "estimated-met": (size, percentile, limit) =>
    `${size} is the cheapest size whose ${percentile} is estimated to stay under ${limit}; more invocations would show it.`,
  "not-met": (size, percentile, limit) => `No size keeps ${percentile} under ${limit}; ${size} comes closest.`,
  "not-shown": (size, percentile, limit) =>
    `No size could be shown to keep ${percentile} under ${limit}; ${size} comes closest.`,
};

const tiedSentence = (context: SamplingContext, { tied }: ChoiceFacts): string[] =>
  tied.length === 0
    ? []
    : [
        `${formatMemories(tied.map((size) => size.memorySizeMb))} ${tied.length === 1 ? "is" : "are"} as good within ${100 * context.sampling.tolerance}%, the tolerance of this run.`,
      ];

const floorSentence = ({ floorMb }: ChoiceFacts): string[] =>
  floorMb <= 128 ? [] : [`Sizes under ${floorMb} MB leave too little memory and were not considered.`];

const whyStopped: Record<StopReason, string> = {
  "plan-complete": "Sampling stopped because every planned invocation was made.",
  converged: "Sampling stopped because further invocations were unlikely to find a better size.",
  "spend-limit": "Sampling stopped at the spend limit, before the question was settled.",
  "invocation-limit": "Sampling stopped at the limit of invocations, before the question was settled.",
  "round-limit": "Sampling stopped at the limit of rounds, before the question was settled.",
  "time-limit": "Sampling stopped when the time of a run was over, before the question was settled.",
  "no-usable-size": "Sampling stopped because no size could be used.",
};
