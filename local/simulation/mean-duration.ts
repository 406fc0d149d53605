import type { SimulationModel } from "./simulation-file.ts";

/**
 * Mean warm duration of a simulated function at a size.
 *
 * Between the points of the model it is interpolated linearly in log memory and log duration; above the last point it
 * stays what it is there, below the first it grows as 1/m, as code does that only waits for its CPU share.
 *
 * @param memoryMb - In MB.
 * @returns Milliseconds.
 */
export const meanDurationMs = ({ points }: SimulationModel, memoryMb: number): number => {
  const above = points.findIndex((point) => point.memoryMb >= memoryMb);
  const right = points[above];
  const left = points[above < 0 ? points.length - 1 : above - 1];
  if (right === undefined) return left?.meanMs ?? Number.NaN;
  if (left === undefined) return (right.meanMs * right.memoryMb) / memoryMb;
  const share = Math.log(memoryMb / left.memoryMb) / Math.log(right.memoryMb / left.memoryMb);
  return left.meanMs * (right.meanMs / left.meanMs) ** share;
};
