import { memoryLimitsMb } from "../units.ts";
import { allowedSizes } from "./allowed-sizes.ts";
import type { SamplingContext } from "./decision.ts";

/** Sizes above one vCPU that are tried in turn while they gain: about three quarters of an octave apart. */
const climbMb = [3008, 5120, 8192, memoryLimitsMb.max];
/** A step is at least so many octaves. */
const leastStep = 0.2;

/**
 * The next larger size to try, or `undefined` at the top of what is allowed.
 *
 * @param topMb - The largest size so far.
 */
export const nextClimb = (context: SamplingContext, topMb: number): number | undefined => {
  const { maxMb, listMb } = allowedSizes(context);
  const higher = (mb: number): boolean => Math.log2(mb / topMb) >= leastStep;
  const next = Math.min(climbMb.find(higher) ?? maxMb, maxMb);
  if (listMb === undefined) return next > topMb ? next : undefined;
  return listMb.find((mb) => mb >= next && mb > topMb) ?? listMb.findLast((mb) => mb > topMb);
};

/** A step down from the largest size to compare it with is at least so many octaves. */
const comparedStep = 0.5;

/**
 * Place of the size that the largest one is compared with to see what more memory gains.
 *
 * @param sizesMb - Ascending.
 * @returns `undefined` when there is none.
 */
export const stepBelow = (sizesMb: readonly number[]): number | undefined => {
  const top = sizesMb.at(-1) ?? 0;
  const far = sizesMb.findLastIndex((mb) => Math.log2(top / mb) >= comparedStep);
  return far >= 0 ? far : sizesMb.length > 1 ? 0 : undefined;
};
