import type { Objective } from "../../core/request/schema.ts";
import type { RunResult } from "./methods/method.ts";
import { candidateSizes, type Truth } from "./simulated-function.ts";

/** How a run kept the condition that its objective sets on the duration. */
export interface ConditionScore {
  readonly kind: "speed" | "slo";
  /** Whether some size truly keeps it; always so for `speed`. */
  readonly isMeetable: boolean;
  /** Whether the run said that its size keeps it; always so for `speed`. */
  readonly isClaimed: boolean;
  /** Whether it said so by a distribution-free bound; never for `speed`. */
  readonly isShown: boolean;
  /** Whether the chosen size misses the condition by more than 5 %. */
  readonly isMissed: boolean;
}

/** Beyond this factor the condition counts as missed: nearer, hosts and the time of day decide. */
const missedFrom = 1.05;

/** What the chosen size is compared with: the cheapest that keeps the condition, or nearly comes as close as any. */
export const bestOf = (
  truth: Truth,
  objective: Objective | undefined,
): { readonly memoryMb: number; readonly cost: number } => {
  const condition = conditionOf(truth, objective);
  if (condition === undefined) return truth.best;
  const sizes = candidateSizes(truth.floorMb);
  const lowest = Math.min(...sizes.map(condition.valueMs));
  const limit = Math.max(condition.limitMs, 1.02 * lowest);
  return sizes
    .filter((memoryMb) => condition.valueMs(memoryMb) <= limit)
    .map((memoryMb) => ({ memoryMb, cost: truth.cost(memoryMb) }))
    .reduce((best, size) => (size.cost < best.cost ? size : best));
};

/** @returns Nothing for objectives without a condition. */
export const scoreCondition = (
  truth: Truth,
  { objective, chosenMb, claims }: RunResult,
): { readonly condition?: ConditionScore } => {
  const condition = conditionOf(truth, objective);
  if (condition === undefined || chosenMb === undefined) return {};
  const { valueMs, limitMs, kind } = condition;
  const verdict = claims?.slo?.verdict;
  return {
    condition: {
      kind,
      isMeetable: candidateSizes(truth.floorMb).some((memoryMb) => valueMs(memoryMb) <= limitMs),
      isClaimed: kind === "speed" || verdict === "met" || verdict === "estimated-met",
      isShown: verdict === "met",
      isMissed: valueMs(chosenMb) > missedFrom * limitMs,
    },
  };
};

interface Condition {
  readonly kind: "speed" | "slo";
  /** True value at a size. */
  readonly valueMs: (memoryMb: number) => number;
  readonly limitMs: number;
}

const conditionOf = (truth: Truth, objective: Objective | undefined): Condition | undefined => {
  if (objective?.kind === "slo") {
    const { percentile, durationMs } = objective;
    return { kind: "slo", valueMs: (memoryMb) => truth.percentileMs(memoryMb, percentile), limitMs: durationMs };
  }
  if (objective?.kind !== "speed") return undefined;
  const fastest = Math.min(...candidateSizes(truth.floorMb).map((memoryMb) => truth.meanBilledMs(memoryMb)));
  return {
    kind: "speed",
    valueMs: (memoryMb) => truth.meanBilledMs(memoryMb),
    limitMs: fastest * (1 + objective.toleranceP / 100),
  };
};
