import { requestLimits } from "../request/limits.ts";
import { memoryLimitsMb, oneVcpuMb } from "../units.ts";
import type { SamplingContext } from "./decision.ts";

/** Which sizes a run may measure: a list when the request names them or a grid, else every megabyte of a range. */
export interface AllowedSizes {
  readonly minMb: number;
  readonly maxMb: number;
  /** Ascending; absent when every whole megabyte from `minMb` to `maxMb` is allowed. */
  readonly listMb?: readonly number[];
}

/** The coarse grid of method `fixed` when the request names neither sizes nor a step. */
const coarseGridMb = [memoryLimitsMb.min, 256, 512, 1024, oneVcpuMb, 3008];

/**
 * Reads the request's memory range, cut to what the account or the machine allows.
 *
 * @example
 * ```ts
 * allowedSizes({ memory: { minMb: 128, maxMb: 512, stepMb: 128 }, maxMb: 400 }).listMb; // => [128, 256, 384]
 * ```
 */
export const allowedSizes = (context: Pick<SamplingContext, "memory" | "maxMb">): AllowedSizes => {
  const { memory, maxMb } = context;
  if ("sizesMb" in memory) {
    const listMb = memory.sizesMb.filter((size) => size <= maxMb);
    return { minMb: listMb[0] ?? memoryLimitsMb.min, maxMb: listMb.at(-1) ?? maxMb, listMb };
  }
  const range = { minMb: memory.minMb, maxMb: Math.min(memory.maxMb, maxMb) };
  if (memory.stepMb === undefined) return range;
  return { ...range, listMb: grid(range.minMb, range.maxMb, memory.stepMb) };
};

/** How many sizes a run may measure. */
export const countAllowedSizes = (context: Pick<SamplingContext, "memory" | "maxMb">): number => {
  const { minMb, maxMb, listMb } = allowedSizes(context);
  return listMb?.length ?? Math.max(0, maxMb - minMb + 1);
};

/** Every size that method `fixed` measures, ascending. */
export const fixedSizes = (context: Pick<SamplingContext, "memory" | "maxMb" | "currentMb">): readonly number[] => {
  const allowed = allowedSizes(context);
  if (allowed.listMb !== undefined) return evenlyThinned(allowed.listMb, requestLimits.sizes);
  const { minMb, maxMb } = allowed;
  if (minMb > maxMb) return [];
  const inside = [...coarseGridMb, context.currentMb].filter((size) => size >= minMb && size <= maxMb);
  return ascending(inside.length >= 3 ? inside : [minMb, ...inside, maxMb]);
};

const grid = (minMb: number, maxMb: number, stepMb: number): number[] => {
  const sizes: number[] = [];
  for (let size = minMb; size <= maxMb; size += stepMb) sizes.push(size);
  return sizes;
};

const evenlyThinned = (sizes: readonly number[], atMost: number): readonly number[] => {
  if (sizes.length <= atMost) return sizes;
  const stride = (sizes.length - 1) / (atMost - 1);
  return Array.from({ length: atMost }, (_, index) => sizes[Math.round(index * stride)] ?? 0);
};

const ascending = (sizes: readonly number[]): number[] => [...new Set(sizes)].sort((a, b) => a - b);
