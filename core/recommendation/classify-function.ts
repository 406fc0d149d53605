import type { Model } from "../report/schema.ts";
import { oneVcpuMb } from "../units.ts";
import { fitWaitAndWork } from "./fit-wait-and-work.ts";
import { type MeasuredDuration, type SteepFall, steepFall } from "./steep-fall.ts";

/** What a function's class is read from. */
export interface ClassificationInput {
  /** Mean warm duration by size: the fitted curve, or the sizes measured. At least one point. */
  readonly curve: readonly { readonly memorySizeMb: number; readonly durationMs: number }[];
  /** For the memory used, for sizes that ran out of it, and for falls of the duration that are clear of the noise. */
  readonly measurements: readonly MeasuredDuration[];
  /** Share of the handler's time inside calls to other services, from traces, 0 to 1. */
  readonly downstreamShare?: number;
}

type FunctionClass = Model["class"];

/** From this share of waiting on, memory buys next to no speed. */
const ioBoundFrom = 0.7;

/** Up to this share of waiting, duration follows the CPU share. */
const cpuBoundUpTo = 0.2;

/** A function that uses this share of what it is given has its size set by memory, whatever its duration does. */
const tightMemory = 0.9;

/**
 * Says what bounds a function: CPU, waiting, both, or memory, and what to do about it.
 *
 * From the fit T(m) = wait + work * 1769 / min(m, 1769): the share of waiting at 1,769 MB decides. A function is
 * memory-bound when a size ran out of memory, when the smallest size that ran was nearly full, or when duration
 * falls faster from it to the next than CPU can explain and little memory was left ({@link steepFall}).
 *
 * @param input - Curve, measurements and, when traced, the share of time in downstream calls.
 * @throws RangeError without a point of the curve.
 */
export const classifyFunction = (input: ClassificationInput): Omit<Model, "curve"> => {
  const points = input.curve
    .filter(({ durationMs }) => durationMs > 0)
    .toSorted((a, b) => a.memorySizeMb - b.memorySizeMb);
  if (points.length === 0) throw new RangeError("Expected at least one size with a duration, got none.");
  const fit = fitWaitAndWork(points);
  const below = slopeOf(points.filter(({ memorySizeMb }) => memorySizeMb <= oneVcpuMb));
  const above = slopeOf(points.filter(({ memorySizeMb }) => memorySizeMb >= oneVcpuMb));
  const waitShare = fit?.waitShare ?? input.downstreamShare;
  const fall = steepFall(input.measurements);
  const pressure = memoryPressure(input, fall);
  const kind = pressure === undefined ? byWaitShare(waitShare) : "memory-bound";
  return {
    class: kind,
    explanation: [
      ...(pressure === undefined ? [] : [pressure]),
      ...(pressure === undefined || waitShare !== undefined ? [explain(byWaitShare(waitShare), waitShare)] : []),
      ...(pressure === undefined && fall !== undefined ? [steepSentence(fall)] : []),
      ...traceSentence(input.downstreamShare),
    ].join(" "),
    ...(waitShare !== undefined && { waitShare }),
    ...(below !== undefined && { slopeBelowOneVcpu: below }),
    ...(above !== undefined && { slopeAboveOneVcpu: above }),
  };
};

type Point = ClassificationInput["curve"][number];

/** Without a second size or a trace nothing is known of the waiting: `mixed` promises least. */
const byWaitShare = (waitShare: number | undefined): Exclude<FunctionClass, "memory-bound"> => {
  if (waitShare === undefined) return "mixed";
  if (waitShare >= ioBoundFrom) return "io-bound";
  return waitShare <= cpuBoundUpTo ? "cpu-bound" : "mixed";
};

/** @returns The sentence that says so, `undefined` when memory is not what bounds the function. */
const memoryPressure = ({ measurements }: ClassificationInput, fall: SteepFall | undefined): string | undefined => {
  const failed = measurements.filter(({ outcome }) => outcome === "out-of-memory").map((size) => size.memorySizeMb);
  if (failed.length > 0)
    return `Memory-bound: it ran out of memory at ${Math.max(...failed)} MB. Keep a floor above that; holding less at once would allow a smaller size.`;
  const [smallest] = measurements
    .filter(({ outcome }) => outcome === "measured")
    .toSorted((a, b) => a.memorySizeMb - b.memorySizeMb);
  const used = smallest?.maxMemoryUsedMb;
  if (smallest !== undefined && used !== undefined && used >= tightMemory * smallest.memorySizeMb)
    return `Memory-bound: it used ${used} of ${smallest.memorySizeMb} MB at the smallest size measured. Keep the size above what it holds at once.`;
  return fall?.isShortOfMemory === true
    ? `Memory-bound at the low end: from ${fall.fromMb} to ${fall.toMb} MB it gets faster than CPU alone explains, as runtimes do that are short of memory, and ${fall.usedMb} of ${fall.fromMb} MB were used. Stay above ${fall.fromMb} MB.`
    : undefined;
};

const steepSentence = ({ fromMb, toMb, usedMb }: SteepFall): string =>
  `From ${fromMb} to ${toMb} MB it gets faster than CPU alone explains${usedMb === undefined ? "" : `, though it used no more than ${usedMb} MB`}.`;

const explain = (kind: Exclude<FunctionClass, "memory-bound">, waitShare: number | undefined): string => {
  const percent = waitShare === undefined ? undefined : `${Math.round(100 * waitShare)}%`;
  switch (kind) {
    case "cpu-bound":
      return `CPU-bound: about ${percent} of its time at one vCPU is waiting. More memory is more CPU up to ${oneVcpuMb} MB and costs little extra there; less work per invocation is the only other saving.`;
    case "io-bound":
      return `I/O-bound: about ${percent} of its time at one vCPU is waiting, which memory does not shorten. Take the smallest safe size; fewer or parallel downstream calls save more.`;
    case "mixed":
      return percent === undefined
        ? "Mixed: one size alone does not tell waiting from work."
        : `Mixed: about ${percent} of its time at one vCPU is waiting, the rest is work. Memory shortens the work only; fewer downstream waits shorten the rest.`;
  }
};

const traceSentence = (share: number | undefined): string[] =>
  share === undefined
    ? []
    : [`Traces show ${Math.round(100 * share)}% of the handler's time inside calls to other services.`];

/** Least-squares slope of log duration on log memory. */
const slopeOf = (points: readonly Point[]): number | undefined => {
  if (points.length < 2) return undefined;
  const xs = points.map(({ memorySizeMb }) => Math.log(memorySizeMb));
  const ys = points.map(({ durationMs }) => Math.log(durationMs));
  const meanX = average(xs);
  const meanY = average(ys);
  const spread = xs.reduce((sum, x) => sum + (x - meanX) ** 2, 0);
  if (spread === 0) return undefined;
  return xs.reduce((sum, x, index) => sum + (x - meanX) * ((ys[index] ?? meanY) - meanY), 0) / spread;
};

const average = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
