import type { Objective } from "../../../core/request/schema.ts";
import { Random } from "../random.ts";
import { candidateSizes, type SimulatedFunction, Truth } from "../simulated-function.ts";

/** Share of functions whose limit no size meets. */
const unmeetableShare = 0.12;

/** A limit of p95 for a function: most are met by some sizes and not by others, a few by all or by none. */
export const drawLimit = (simulated: SimulatedFunction, seeds: readonly number[]): Objective => {
  const random = new Random(...seeds, 97);
  const truth = new Truth(simulated);
  const sizes = candidateSizes(truth.floorMb);
  const percentile = 95;
  const lowest = Math.min(...sizes.map((memoryMb) => truth.percentileMs(memoryMb, percentile)));
  const highest = truth.percentileMs(truth.floorMb, percentile);
  const durationMs = random.chance(unmeetableShare)
    ? lowest * random.uniform(0.5, 0.9)
    : random.logUniform(1.03 * lowest, 1.2 * highest);
  return { kind: "slo", percentile, durationMs };
};
