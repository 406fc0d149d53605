import { mean } from "simple-statistics";
import type { Sample } from "../../core/invocation/sample.ts";
import { quantile } from "../../core/statistics/quantile.ts";
import { healthyCutShare } from "../../core/timeout/healthy-cut-share.ts";
import { wholeSeconds } from "../../core/timeout/whole-seconds.ts";
import { Random } from "../sampling/random.ts";
import { drawProduction } from "./draw-production.ts";
import { type DurationLaw, drawDuration, quantileBeyond, shareBeyond } from "./duration-law.ts";
import { drawPopulation, type KnownFunction } from "./population.ts";
import { type Target, targetsOf } from "./targets.ts";
import { type Evidence, type Ruling, statedConfidence, timeoutRules } from "./timeout-rules.ts";

/** How a rule fared over the population, in one situation. */
export interface RuleResult {
  readonly rule: string;
  /** Invocations of production in the look-back; 0 without production data. */
  readonly productionInvocations: number;
  readonly memory: "kept" | "cut";
  /** Warm tuning samples at each of the two sizes. */
  readonly samples: number;
  /** Share of a function's healthy invocations that are cut off: mean over the functions, and the worst 1 in 20 of them. */
  readonly falseTimeouts: { readonly mean: number; readonly p95: number };
  /** Shares of functions of which more than 1 in 1,000, or 1 in 10,000, healthy invocations are cut off. */
  readonly above1e3: number;
  readonly above1e4: number;
  /** The same for functions with lognormal tails, and for those with Pareto tails. */
  readonly above1e4Light: number;
  readonly above1e4Heavy: number;
  /** Timeout over the ideal one. */
  readonly overshoot: { readonly median: number; readonly p90: number; readonly medianFromOneSecond: number };
  /**
   * Of our own rules: the confidence that they state, and the share of functions for which the statement holds. Of
   * `bounded-risk`: at most 1 in 10,000 cut off. Of `p99-based`: the true p99 lies under the bound.
   */
  readonly coverage?: { readonly stated: number; readonly reached: number };
}

export interface TimeoutBenchmark {
  readonly functions: number;
  readonly seed: number;
  /** The lowest timeout that counts as ideal, in seconds; `medianFromOneSecond` does without it. */
  readonly idealFromSeconds: number;
  readonly results: readonly RuleResult[];
  readonly targets: readonly Target[];
}

/** Sizes of the cut: the CPU part takes 2.5 times as long. */
const currentMb = 1024;
const cutMb = 410;

const sampleCounts = [20, 50, 100, 300] as const;
const productionCounts = [0, 5000, 50_000, 1_000_000] as const;
const coldSamples = 2;

/**
 * The lowest setting that rules of this kind give, ours and the plain one: the ideal is not allowed to be lower either.
 * p99 and a margin of 1 s are more than 1 s whatever p99 is. `medianFromOneSecond` measures against an ideal without this.
 */
const leastSeconds = 2;

/**
 * Applies every rule to functions of which the truth is known.
 *
 * The ideal timeout is the smallest whole-second setting, of 2 s or more, that cuts off at most 1 in 10,000.
 */
export const benchmarkTimeouts = (functions: number, seed: number): TimeoutBenchmark => {
  const population = drawPopulation(functions, seed);
  const results = productionCounts.flatMap((productionInvocations) =>
    (["kept", "cut"] as const).flatMap((memory) =>
      sampleCounts.flatMap((samples) => ruleResults(population, { productionInvocations, memory, samples }, seed)),
    ),
  );
  return { functions, seed, idealFromSeconds: leastSeconds, results, targets: targetsOf(results) };
};

type Situation = Pick<RuleResult, "productionInvocations" | "memory" | "samples">;

const ruleResults = (
  population: readonly KnownFunction[],
  situation: Situation,
  seed: number,
): readonly RuleResult[] => {
  const cases = population.map((known, index) => caseOf(known, situation, new Random(seed, index, situation.samples)));
  return Object.entries(timeoutRules).flatMap(([rule, apply]) => {
    const rulings = cases.flatMap((one) => {
      const ruling = apply(one.evidence);
      return ruling === undefined ? [] : [{ ...one, ruling }];
    });
    if (rulings.length === 0) return [];
    const cut = rulings.map(({ truth, ruling }) => shareBeyond(truth, ruling.seconds * 1000));
    const over = (limit: number, counts: (one: (typeof rulings)[number]) => boolean = () => true): number =>
      shareOf(rulings.map(counts), (index) => (cut[index] ?? 0) > limit);
    const overshoots = rulings.map(
      ({ idealMs, ruling }) => ruling.seconds / Math.max(leastSeconds, wholeSeconds(idealMs)),
    );
    const fromOneSecond = rulings.map(({ idealMs, ruling }) => ruling.seconds / wholeSeconds(idealMs));
    const result: RuleResult = {
      rule,
      ...situation,
      falseTimeouts: { mean: mean(cut), p95: quantile(cut, 0.95) },
      above1e3: over(1e-3),
      above1e4: over(healthyCutShare),
      above1e4Light: over(healthyCutShare, ({ known }) => !known.heavy),
      above1e4Heavy: over(healthyCutShare, ({ known }) => known.heavy),
      overshoot: {
        median: quantile(overshoots, 0.5),
        p90: quantile(overshoots, 0.9),
        medianFromOneSecond: quantile(fromOneSecond, 0.5),
      },
      ...coverageOf(rule, rulings, over(healthyCutShare)),
    };
    return [result];
  });
};

/** Share of the cases that count of which something holds. */
const shareOf = (counts: readonly boolean[], holds: (index: number) => boolean): number => {
  const counted = counts.flatMap((isCounted, index) => (isCounted ? [index] : []));
  return counted.length === 0 ? 0 : counted.filter(holds).length / counted.length;
};

const coverageOf = (
  rule: string,
  rulings: readonly { readonly truth: DurationLaw; readonly ruling: Ruling }[],
  above1e4: number,
): Pick<RuleResult, "coverage"> => {
  if (rule === "bounded-risk") return { coverage: { stated: statedConfidence, reached: 1 - above1e4 } };
  const held = rulings.flatMap(({ truth, ruling }) =>
    ruling.p99BoundMs === undefined ? [] : [shareBeyond(truth, ruling.p99BoundMs) <= 0.01],
  );
  if (held.length === 0) return {};
  return { coverage: { stated: statedConfidence, reached: held.filter(Boolean).length / held.length } };
};

interface Case {
  readonly known: KnownFunction;
  readonly evidence: Evidence;
  /** At the recommended size. */
  readonly truth: DurationLaw;
  readonly idealMs: number;
}

const caseOf = (known: KnownFunction, situation: Situation, random: Random): Case => {
  const recommendedMb = situation.memory === "cut" ? cutMb : currentMb;
  const slowdown = currentMb / recommendedMb;
  const truth = known.law(slowdown);
  const n = situation.productionInvocations;
  const samplesAtCurrent = drawSamples(known, 1, situation.samples, random);
  return {
    known,
    truth,
    idealMs: quantileBeyond(truth, healthyCutShare),
    evidence: {
      currentMb,
      recommendedMb,
      samplesAtCurrent,
      samplesAtRecommended: slowdown === 1 ? samplesAtCurrent : drawSamples(known, slowdown, situation.samples, random),
      ...(n === 0 ? {} : { production: drawProduction(known.law(1), n, random) }),
    },
  };
};

const drawSamples = (known: KnownFunction, slowdown: number, count: number, random: Random): readonly Sample[] => {
  const sample = (law: DurationLaw, cold: boolean): Sample => {
    const durationMs = drawDuration(law, random);
    return { durationMs, billedMs: Math.ceil(durationMs), cold, status: "ok", lane: 0, payload: 0, round: 1 };
  };
  return [
    ...Array.from({ length: coldSamples }, () => sample(known.coldLaw(slowdown), true)),
    ...Array.from({ length: count }, () => sample(known.warmLaw(slowdown), false)),
  ];
};
