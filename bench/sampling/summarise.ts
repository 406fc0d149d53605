import type { RunScore } from "./measure-run.ts";

/** What the benchmark says about one method. Means over functions weigh every group of functions the same. */
export interface MethodSummary {
  readonly regretPercent: {
    readonly mean: number;
    readonly median: number;
    readonly p90: number;
    readonly p95: number;
    readonly max: number;
  };
  readonly above5PercentShare: number;
  readonly invocations: { readonly mean: number; readonly p95: number };
  readonly sizes: number;
  readonly rounds: { readonly mean: number; readonly max: number };
  readonly billedGbSeconds: number;
  /** Spend of all runs over that of fixed-grid-50, sum over sum. */
  readonly spendRatioToFixedGrid50?: number;
  /** Mean over functions of the spend over that of fixed-grid-50. */
  readonly meanSpendRatioToFixedGrid50?: number;
  readonly simulatedWallSeconds: number;
  readonly timeRatioToFixedGrid50?: number;
  readonly intervalCoverage95?: number;
  readonly savingsCoverage95?: number;
  readonly regretBound90Held?: number;
  /** The 95 % bootstrap intervals over groups of these three: of few functions, shares are only roughly known. */
  readonly coverageIntervals?: {
    readonly intervalCoverage95?: Bounds;
    readonly savingsCoverage95?: Bounds;
    readonly regretBound90Held?: Bounds;
  };
  /** Of the intervals of the charge, in percent of what is expected. */
  readonly medianIntervalWidthPercent?: number;
  /** Of the intervals of the saving, in points of percent. */
  readonly medianSavingsWidthPoints?: number;
  readonly conclusiveShare?: number;
  /** Of all decisions on the next round of all runs, in milliseconds of this machine: what Analyze does. */
  readonly slowestDecisionMs?: number;
  /** The slowest decision of a run, over runs. */
  readonly decisionMsOfARun?: Spread;
  /** What the choice and the report's statements on it took, over runs: what Recommend does. */
  readonly choiceMsOfARun?: Spread;
  /** For objectives that set a condition on the duration. */
  readonly condition?: ConditionSummary;
  /** Mean regret minus that of fixed-grid-50, with its 95 % bootstrap interval over groups. */
  readonly regretMinusFixedGrid50?: { readonly mean: number } & Bounds;
  readonly meanRegretPercentByFamily: Readonly<Record<string, number>>;
}

/** Of runs that weigh by their groups. */
interface Spread {
  readonly median: number;
  readonly p95: number;
}

/** Both ends of an interval. */
interface Bounds {
  readonly lower: number;
  readonly upper: number;
}

/** Shares of runs. */
export interface ConditionSummary {
  /** Of all: said to keep the condition, which the size misses by more than 5 %. */
  readonly missedShare: number;
  /** Of all: said to keep it by a distribution-free bound. */
  readonly shownShare: number;
  /** Of all: said to keep it by estimate. */
  readonly estimatedShare: number;
  /** Of runs whose condition some size keeps: not said of any. */
  readonly unfoundShare: number;
  /** Of runs whose condition no size keeps: nevertheless said. */
  readonly wronglyClaimedShare?: number;
  /** Charge over that of the cheapest size that keeps it, where a size was truly found, in percent. */
  readonly extraCostPercent: { readonly mean: number; readonly median: number; readonly p95: number };
}

/** @param baseline - The runs of fixed-grid-50, when it took part: the same functions and repeats in the same order. */
export const summariseMethod = (
  runs: readonly RunScore[],
  baseline: readonly RunScore[] | undefined,
  bootstrap: (values: readonly OfGroup[]) => Bounds,
): MethodSummary => {
  const regrets = runs.map(({ regretPercent, weight }) => ({ value: regretPercent, weight }));
  const mean = (valueOf: (run: RunScore) => number) =>
    weightedMean(runs.map((run) => ({ value: valueOf(run), weight: run.weight })));
  return {
    regretPercent: {
      mean: weightedMean(regrets),
      median: weightedQuantile(regrets, 0.5),
      p90: weightedQuantile(regrets, 0.9),
      p95: weightedQuantile(regrets, 0.95),
      max: Math.max(...regrets.map(({ value }) => value)),
    },
    above5PercentShare: mean(({ regretPercent }) => (regretPercent > 5 ? 1 : 0)),
    invocations: {
      mean: mean(({ invocations }) => invocations),
      p95: weightedQuantile(
        runs.map(({ invocations, weight }) => ({ value: invocations, weight })),
        0.95,
      ),
    },
    sizes: mean(({ sizes }) => sizes),
    rounds: { mean: mean(({ rounds }) => rounds), max: Math.max(...runs.map(({ rounds }) => rounds)) },
    billedGbSeconds: mean(({ billedGbSeconds }) => billedGbSeconds),
    simulatedWallSeconds: mean(({ wallSeconds }) => wallSeconds),
    ...(baseline === undefined ? {} : againstBaseline(runs, baseline, bootstrap)),
    ...coverage(runs, weightedMean),
    ...(runs.some(({ intervalHeld }) => intervalHeld !== undefined)
      ? { coverageIntervals: coverage(runs, bootstrap) }
      : {}),
    ...figure(runs, "medianIntervalWidthPercent", ({ intervalWidthPercent }) => intervalWidthPercent, median),
    ...figure(runs, "medianSavingsWidthPoints", ({ savingsWidthPoints }) => savingsWidthPoints, median),
    ...figure(runs, "conclusiveShare", ({ conclusive }) => conclusive, weightedMean),
    ...figure(runs, "slowestDecisionMs", ({ slowestDecisionMs }) => slowestDecisionMs, largest),
    ...figure(runs, "decisionMsOfARun", ({ slowestDecisionMs }) => slowestDecisionMs, spread),
    ...figure(runs, "choiceMsOfARun", ({ choiceMs }) => choiceMs, spread),
    ...conditionSummary(runs),
    meanRegretPercentByFamily: Object.fromEntries(
      [...Map.groupBy(runs, ({ family }) => family)].map(([family, members]) => [
        family,
        weightedMean(members.map(({ regretPercent, weight }) => ({ value: regretPercent, weight }))),
      ]),
    ),
  };
};

const againstBaseline = (
  runs: readonly RunScore[],
  baseline: readonly RunScore[],
  bootstrap: Parameters<typeof summariseMethod>[2],
): Partial<MethodSummary> => {
  const pairs = runs.map((run, index) => ({ run, base: baseline[index] ?? run }));
  const total = (valueOf: (run: RunScore) => number, of: readonly RunScore[]) =>
    of.reduce((sum, run) => sum + run.weight * valueOf(run), 0);
  const differences = pairs.map(({ run, base }) => ({
    group: run.group,
    weight: run.weight,
    value: run.regretPercent - base.regretPercent,
  }));
  return {
    spendRatioToFixedGrid50:
      total(({ billedGbSeconds }) => billedGbSeconds, runs) / total(({ billedGbSeconds }) => billedGbSeconds, baseline),
    meanSpendRatioToFixedGrid50: weightedMean(
      pairs.map(({ run, base }) => ({ weight: run.weight, value: run.billedGbSeconds / base.billedGbSeconds })),
    ),
    timeRatioToFixedGrid50:
      total(({ wallSeconds }) => wallSeconds, runs) / total(({ wallSeconds }) => wallSeconds, baseline),
    regretMinusFixedGrid50: { mean: weightedMean(differences), ...bootstrap(differences) },
  };
};

/** How often the three statements hold. */
const coverage = <Figure>(runs: readonly RunScore[], summarised: (values: readonly OfGroup[]) => Figure) => ({
  ...figure(runs, "intervalCoverage95", ({ intervalHeld }) => intervalHeld, summarised),
  ...figure(runs, "savingsCoverage95", ({ savingsHeld }) => savingsHeld, summarised),
  ...figure(runs, "regretBound90Held", ({ regretBoundHeld }) => regretBoundHeld, summarised),
});

/** A figure over the runs that have the value; none where no run has it. */
const figure = <Name extends string, Figure>(
  runs: readonly RunScore[],
  name: Name,
  valueOf: (run: RunScore) => number | boolean | undefined,
  summarised: (values: readonly OfGroup[]) => Figure,
): { readonly [key in Name]?: Figure } => {
  const values = runs.flatMap((run) => {
    const value = valueOf(run);
    return value === undefined ? [] : [{ value: Number(value), weight: run.weight, group: run.group }];
  });
  return values.length === 0 ? {} : ({ [name]: summarised(values) } as { [key in Name]: Figure });
};

const conditionSummary = (runs: readonly RunScore[]): { condition?: ConditionSummary } => {
  const scored = runs.flatMap((run) => (run.condition === undefined ? [] : [{ ...run, ...run.condition }]));
  if (scored.length === 0) return {};
  const share = (of: typeof scored, has: (run: (typeof scored)[number]) => boolean): number =>
    weightedMean(of.map((run) => ({ value: has(run) ? 1 : 0, weight: run.weight })));
  const meetable = scored.filter(({ isMeetable }) => isMeetable);
  const unmeetable = scored.filter(({ isMeetable }) => !isMeetable);
  const extra = meetable
    .filter(({ isClaimed, isMissed }) => isClaimed && !isMissed)
    .map(({ regretPercent, weight }) => ({ value: regretPercent, weight }));
  return {
    condition: {
      missedShare: share(scored, ({ isClaimed, isMissed }) => isClaimed && isMissed),
      shownShare: share(scored, ({ isShown }) => isShown),
      estimatedShare: share(scored, ({ isClaimed, isShown }) => isClaimed && !isShown),
      unfoundShare: share(meetable, ({ isClaimed }) => !isClaimed),
      ...(unmeetable.length === 0 ? {} : { wronglyClaimedShare: share(unmeetable, ({ isClaimed }) => isClaimed) }),
      extraCostPercent: {
        mean: weightedMean(extra),
        median: weightedQuantile(extra, 0.5),
        p95: weightedQuantile(extra, 0.95),
      },
    },
  };
};

interface Weighted {
  readonly value: number;
  readonly weight: number;
}

interface OfGroup extends Weighted {
  readonly group: string;
}

const weightedMean = (values: readonly Weighted[]): number =>
  values.reduce((sum, { value, weight }) => sum + weight * value, 0) /
  values.reduce((sum, { weight }) => sum + weight, 0);

const median = (values: readonly Weighted[]): number => weightedQuantile(values, 0.5);

const largest = (values: readonly Weighted[]): number => Math.max(...values.map(({ value }) => value));

const spread = (values: readonly Weighted[]): Spread => ({
  median: median(values),
  p95: weightedQuantile(values, 0.95),
});

/** The smallest value that at least the share `p` of the weight does not exceed. */
const weightedQuantile = (values: readonly Weighted[], p: number): number => {
  const sorted = values.toSorted((a, b) => a.value - b.value);
  const total = sorted.reduce((sum, { weight }) => sum + weight, 0);
  let cumulative = 0;
  for (const { value, weight } of sorted) {
    cumulative += weight;
    if (cumulative >= p * total) return value;
  }
  return sorted.at(-1)?.value ?? Number.NaN;
};
