import { huberLocation } from "../statistics/huber-location.ts";
import { normalQuantile } from "../statistics/normal-quantile.ts";
import { quantile } from "../statistics/quantile.ts";
import { quantileUpperBound } from "../statistics/quantile-upper-bound.ts";
import { pooledScale, shrunkScale } from "../statistics/robust-scale.ts";
import { studentTQuantile } from "../statistics/student-t-quantile.ts";
import { callNumbers } from "./call-numbers.ts";
import { hostSd, roundSd } from "./platform-noise.ts";
import type { SizeObservation } from "./observe-sizes.ts";
import { warmUpEffect } from "./warm-up-effect.ts";

/** What is known of a percentile of the duration at one size. */
export interface PercentileEstimate {
  readonly memorySizeMb: number;
  /** Settled warm samples behind it. */
  readonly n: number;
  /** Most likely value, in milliseconds. */
  readonly expectedMs: number;
  /** Upper confidence bound from the shape of all sizes' samples around their own location. */
  readonly estimatedBoundMs: number;
  /** Upper confidence bound that assumes nothing about the law of the durations; absent with too few samples. */
  readonly shownBoundMs?: number;
  /** Samples of its own above a limit. */
  readonly countAbove: (limitMs: number) => number;
  /** Share of the samples above a limit, from the same shape. */
  readonly shareAbove: (limitMs: number) => number;
}

/** A call whose environment still slows it by more than this is not settled. */
const settledWithin = 0.03;
const sizesForWarmUp = 3;
/** Sizes with less than this part of a size's memory say nothing about its tail: too little memory makes tails of its own. */
const similarFrom = 0.5;
/** How many samples the spread of all sizes weighs beside that of a size's own. */
const pooledWeight = 6;
/** How many samples the pooled tail weighs beside a size's own, where the likeliest value is wanted. */
const poolWeighs = 20;
const smallestScale = 0.01;
/** Spread of residuals before samples say otherwise, and how many samples that belief weighs. */
const priorScale = { sd: 0.08, weight: 2 } as const;

/**
 * Estimates a percentile of the duration of settled warm calls at every size.
 *
 * Few samples show little of a tail, and all sizes together show more of it: residuals around each size's location, in units
 * of its spread, are pooled over the sizes with similar or more memory, and a size's tail is the heavier of its own and the
 * pooled one. The first calls of an environment are left out while they are slower.
 *
 * @param usable - Sizes with at least one warm sample.
 * @param percentile - Above 0, below 100.
 * @param confidence - Of the bounds, one-sided.
 */
export const estimatePercentiles = (
  usable: readonly SizeObservation[],
  percentile: number,
  confidence: number,
): PercentileEstimate[] => {
  const q = percentile / 100;
  const settled = settledLogs(usable);
  const pooled = pooledScale(
    settled.map(({ values }) => values),
    priorScale,
    smallestScale,
  );
  const spreads = settled.map((size) => spreadOf(size, pooled));
  return spreads.map((size) => {
    const { values, location, scale, memorySizeMb, environments } = size;
    const pool = spreads
      .filter((other) => other.values.length > 1 && other.memorySizeMb >= similarFrom * memorySizeMb)
      .flatMap((other) => other.residuals);
    const own = quantile(values, q) - location;
    const pooledTail = scale * (pool.length > 1 ? quantile(pool, q) : normalQuantile(q));
    const ownShare = values.length / (values.length + poolWeighs);
    const boundedTail = scale * poolBound(pool, q, confidence);
    const error = Math.sqrt(scale ** 2 / values.length + hostSd ** 2 / environments + roundSd ** 2);
    const shown = quantileUpperBound(values, q, confidence);
    return {
      memorySizeMb,
      n: values.length,
      expectedMs: Math.exp(
        Math.min(location + ownShare * own + (1 - ownShare) * pooledTail, shown ?? Number.POSITIVE_INFINITY),
      ),
      estimatedBoundMs: Math.exp(location + Math.max(boundedTail, own) + normalQuantile(confidence) * error),
      ...(shown === undefined ? {} : { shownBoundMs: Math.exp(shown) }),
      countAbove: (limitMs) => values.filter((value) => value > Math.log(limitMs)).length,
      shareAbove: (limitMs) =>
        Math.max(shareOver(pool, (Math.log(limitMs) - location) / scale), shareOver(values, Math.log(limitMs))),
    };
  });
};

/** Upper bound of a quantile of the pooled residuals: by order statistics, or as if they were normal when they are few. */
const poolBound = (pool: readonly number[], q: number, confidence: number): number => {
  const shown = quantileUpperBound(pool, q, confidence);
  if (shown !== undefined) return shown;
  const z = normalQuantile(q);
  const degrees = pool.length + priorScale.weight;
  const normal = z + studentTQuantile(confidence, degrees) * Math.sqrt((1 + z ** 2 / 2) / degrees);
  return Math.max(normal, ...pool);
};

const shareOver = (values: readonly number[], limit: number): number =>
  values.length === 0 ? 0 : values.filter((value) => value > limit).length / values.length;

interface SettledSize {
  readonly memorySizeMb: number;
  /** Logarithms of milliseconds. */
  readonly values: readonly number[];
  readonly environments: number;
}

interface Spread extends SettledSize {
  readonly location: number;
  /** Sd of the body, shrunk to that of all sizes. */
  readonly scale: number;
  /** In units of `scale`. */
  readonly residuals: readonly number[];
}

const settledLogs = (usable: readonly SizeObservation[]): SettledSize[] => {
  const sizes = usable.map(({ memorySizeMb, warm }) => {
    const numbers = callNumbers(warm);
    return {
      memorySizeMb,
      environments: Math.max(1, new Set(warm.map(({ lane }) => lane)).size),
      calls: warm.map(({ durationMs }, index) => ({
        value: Math.log(Math.max(0.01, durationMs)),
        call: numbers[index] ?? 1,
      })),
    };
  });
  // Fewer sizes could take one slow call for a warm-up.
  const slowerBy = sizes.length >= sizesForWarmUp ? warmUpEffect(sizes.map(({ calls }) => calls)) : () => 0;
  return sizes.map(({ calls, ...size }) => {
    const settled = calls.filter(({ call }) => slowerBy(call) <= settledWithin);
    const values =
      settled.length > 0 ? settled.map(({ value }) => value) : calls.map(({ value, call }) => value - slowerBy(call));
    return { ...size, values };
  });
};

const spreadOf = (size: SettledSize, pooled: number): Spread => {
  const { values } = size;
  const scale = shrunkScale(values, pooled, pooledWeight, smallestScale);
  const location = huberLocation(values, scale);
  const degrees = values.length - 1;
  const shrinkage = degrees > 0 ? Math.sqrt(values.length / degrees) : 0;
  return { ...size, location, scale, residuals: values.map((value) => ((value - location) / scale) * shrinkage) };
};
