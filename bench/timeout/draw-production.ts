import type { ProductionMetrics } from "../../core/production/production-metrics.ts";
import { tailRanks } from "../../core/timeout/tail-ranks.ts";
import type { Random } from "../sampling/random.ts";
import { type DurationLaw, quantileBeyond } from "./duration-law.ts";

/**
 * What CloudWatch would show of so many invocations: exact order statistics, without drawing every invocation.
 *
 * From the top, the uniform order statistics are 1 - prod(V_j ^ (1 / (n - j + 1))): one draw a rank.
 */
export const drawProduction = (law: DurationLaw, n: number, random: Random): ProductionMetrics => {
  const p99Rank = Math.max(1, Math.ceil(n / 100));
  const p999Rank = Math.max(1, Math.ceil(n / 1000));
  const ranks = tailRanks(n, 99, 0.95).filter((rank) => rank <= 2 * p99Rank);
  const durations = durationsAtRanks(law, n, new Set([1, p99Rank, p999Rank, ...ranks]), random);
  const at = (rank: number): number => durations.get(rank) ?? Number.NaN;
  return {
    lookbackDays: 14,
    resource: "function",
    invocations: n,
    errors: 0,
    throttles: 0,
    timeouts: 0,
    duration: {
      sampleCount: n,
      maxMs: at(1),
      p999Ms: at(p999Rank),
      p99Ms: at(p99Rank),
      tail: ranks.map((rank) => ({ rank, durationMs: at(rank) })),
    },
  };
};

const durationsAtRanks = (
  law: DurationLaw,
  n: number,
  ranks: ReadonlySet<number>,
  random: Random,
): ReadonlyMap<number, number> => {
  const durations = new Map<number, number>();
  const deepest = Math.max(...ranks);
  let logBelow = 0;
  for (let rank = 1; rank <= deepest; rank += 1) {
    logBelow += Math.log(random.next()) / (n - rank + 1);
    if (ranks.has(rank)) durations.set(rank, quantileBeyond(law, -Math.expm1(logBelow)));
  }
  return durations;
};
