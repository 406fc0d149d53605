import type { Sample } from "../invocation/sample.ts";
import { callNumbers } from "./call-numbers.ts";
import { octavesOf } from "./curve-beliefs.ts";
import { huberLocation } from "../statistics/huber-location.ts";
import { pooledScale, shrunkScale } from "../statistics/robust-scale.ts";
import type { SizeObservation } from "./observe-sizes.ts";
import { noPressure, type PressureRisk, pressureRisks } from "./pressure-risk.ts";
import { payloadEffects } from "./payload-effects.ts";
import { sharedLaw } from "./shared-law.ts";
import { type SizeTail, type TailLaw, tailLaw } from "./tail-law.ts";
import { warmUpEffect } from "./warm-up-effect.ts";

/** What one round's samples of a size say. */
export interface RoundEstimate {
  readonly round: number;
  readonly n: number;
  /** Natural logarithm of the mean billed duration in milliseconds, but for outliers. */
  readonly logBody: number;
  /** Variance of `logBody` by sampling noise alone: not of the environment, the payloads or the time of day. */
  readonly variance: number;
}

/** What all samples of one size say about its mean. */
export interface SizeEstimate {
  readonly memorySizeMb: number;
  /** Samples behind it. */
  readonly n: number;
  readonly rounds: readonly RoundEstimate[];
  /** Environments that the samples come from. */
  readonly environments: number;
  /** Coefficient of variation of the body of its samples. */
  readonly scale: number;
  /** Variance that all rounds of the size share, after more samples: payloads seen seldom, memory pressure not seen yet. */
  readonly ownVarianceWith: (more: number) => number;
  /** What memory pressure that was not seen adds to the means. */
  readonly pressure: PressureRisk;
  /** Logarithm of the mean of all its samples, and its variance by sampling noise, if all sizes share one law. */
  readonly shared: { readonly logMean: number; readonly variance: number };
  /** Logarithm of mean duration over mean billed duration: billing rounds up. */
  readonly logDurationOverBilled: number;
}

/** Estimates of all sizes, and the noise they have in common. */
export interface Estimates {
  readonly sizes: readonly SizeEstimate[];
  /** Sd of the body of log durations around their size. */
  readonly scale: number;
  /** Sd that outliers add, in units of the body. */
  readonly tailSd: number;
  /** Mean of all calls over that of the bodies, sizes weighing by their calls. */
  readonly tailFactor: number;
  /** What outliers add at each size, where sizes differ in it. */
  readonly tail: TailLaw;
  /** Probability that durations of all sizes follow one law, but for a factor. */
  readonly sharedProbability: number;
}

/** Sd of log durations assumed before samples say otherwise, and how many samples that belief weighs. */
const priorScale = { sd: 0.06, weight: 2 };
/** Whole milliseconds and quiet functions must not make noise vanish. */
const smallestScale = 0.012;
/** How many samples of its own a size needs until its spread counts as much as that of all. */
const ownScaleWeight = 8;

/**
 * Estimates the mean billed duration of every size, on the scale of logarithms.
 *
 * The body of the samples is located robustly; what the far tail adds to the mean that is billed is put back as a factor,
 * of which all sizes share most: see {@link tailLaw}. Payloads are weighed by their shares, and the slower first calls of
 * an environment are corrected for.
 *
 * @param usable - Sizes with at least one sample.
 * @param payloadShares - Share of each payload index, summing to 1.
 */
export const estimateSizes = (usable: readonly SizeObservation[], payloadShares: readonly number[]): Estimates => {
  const adjusted = adjustedSamples(usable, payloadShares);
  const scale = pooledScale(
    adjusted.map(({ values }) => values.map(({ value }) => value)),
    priorScale,
    smallestScale,
  );
  const bodies = adjusted.map((size) => bodyOf(size, scale));
  const bodyScale = pooledBodyScale(bodies, scale);
  const tails = bodies.map(({ size, excesses }) => ({
    octaves: octavesOf(size.memorySizeMb),
    n: size.values.length,
    excesses,
  }));
  const used = usable.flatMap(({ maxMemoryUsedMb }) => (maxMemoryUsedMb === undefined ? [] : [maxMemoryUsedMb]));
  const risks = pressureRisks(tails, used.length === 0 ? undefined : Math.min(...used));
  const law = sharedLaw(
    bodies.map(({ size, location }) => ({
      octaves: octavesOf(size.memorySizeMb),
      values: size.values.map(({ value }) => value),
      guess: location,
    })),
  );
  return {
    sizes: bodies.map((body, index) => {
      const risk = risks[index] ?? noPressure;
      const { logMean = body.location, variance = 1 } = law.sizes[index] ?? {};
      const shared = { logMean: logMean + body.size.logMix + risk.logFactor, variance };
      return sizeEstimate(body, bodyScale, risk, shared);
    }),
    sharedProbability: law.probability,
    scale: bodyScale,
    tail: tailLaw(tails),
    tailSd: tailSdOf(tails),
    tailFactor: tailFactorOf(tails),
  };
};

const sizeEstimate = (
  { size, location, limit, squares, degrees }: SizeBody,
  bodyScale: number,
  risk: PressureRisk,
  shared: SizeEstimate["shared"],
): SizeEstimate => {
  const scale = ownBodyScale(bodyScale, squares, degrees);
  return {
    memorySizeMb: size.memorySizeMb,
    n: size.values.length,
    rounds: [...Map.groupBy(size.values, ({ round }) => round)].map(([round, members]) => ({
      round,
      n: members.length,
      logBody:
        bodyLogMean(
          members.map(({ value }) => value),
          limit,
          location,
        ) +
        size.logMix +
        risk.logFactor,
      variance: scale ** 2 / members.length,
    })),
    environments: size.environments,
    scale,
    pressure: risk,
    shared,
    ownVarianceWith: (more) => size.mixVariance(scale, more) + risk.varianceWith(more),
    logDurationOverBilled: size.logDurationOverBilled,
  };
};

const tailSdOf = (tails: readonly SizeTail[]): number =>
  Math.sqrt(
    tails.flatMap(({ excesses }) => excesses).reduce((sum, excess) => sum + excess ** 2, 0) /
      tails.reduce((sum, { n }) => sum + n, 0),
  );

const tailFactorOf = (tails: readonly SizeTail[]): number =>
  1 +
  tails.flatMap(({ excesses }) => excesses).reduce((sum, excess) => sum + excess, 0) /
    tails.reduce((sum, { n }) => sum + n, 0);

/** Outliers lie beyond so many scales, and at least this far, above the location. */
const outlierFrom = { scales: 4, least: 0.25 } as const;

/** The samples of a size, split into the body and what lies far above it. */
interface SizeBody {
  readonly size: AdjustedSize;
  readonly location: number;
  /** Value from which a sample is an outlier. */
  readonly limit: number;
  readonly excesses: readonly number[];
  /** Sum of squares of the body's relative deviations from its mean, and their degrees of freedom. */
  readonly squares: number;
  readonly degrees: number;
}

const bodyOf = (size: AdjustedSize, pooled: number): SizeBody => {
  const values = size.values.map(({ value }) => value);
  const ownScale = shrunkScale(values, pooled, ownScaleWeight, smallestScale);
  const location = huberLocation(values, ownScale);
  const limit = location + Math.max(outlierFrom.scales * ownScale, outlierFrom.least);
  const mean = Math.exp(bodyLogMean(values, limit, location));
  const body = values.filter((value) => value <= limit);
  return {
    size,
    location,
    limit,
    excesses: values.filter((value) => value > limit).map((value) => Math.exp(value) / mean - 1),
    squares: body.reduce((sum, value) => sum + (Math.exp(value) / mean - 1) ** 2, 0),
    degrees: Math.max(0, body.length - 1),
  };
};

const bodyLogMean = (values: readonly number[], limit: number, otherwise: number): number => {
  const body = values.filter((value) => value <= limit);
  if (body.length === 0) return otherwise;
  return Math.log(body.reduce((sum, value) => sum + Math.exp(value), 0) / body.length);
};

interface AdjustedSize {
  readonly memorySizeMb: number;
  readonly values: readonly { readonly value: number; readonly round: number }[];
  readonly logMix: number;
  readonly mixVariance: (scale: number, more: number) => number;
  readonly environments: number;
  readonly logDurationOverBilled: number;
}

/** Logarithms of billed durations, without what payloads and warm-up explain. */
const adjustedSamples = (usable: readonly SizeObservation[], payloadShares: readonly number[]): AdjustedSize[] => {
  const logs = usable.map(({ warm }) => warm.map((sample) => Math.log(Math.max(1, sample.billedMs))));
  const effects = payloadEffects(
    usable.map(({ warm }, size) => warm.map(({ payload }, index) => ({ payload, value: logs[size]?.[index] ?? 0 }))),
    payloadShares,
  );
  const calls = usable.map(({ warm }) => callNumbers(warm));
  const withoutPayload = logs.map((values, size) =>
    values.map((value, index) => value - effects.effectOf(size, usable[size]?.warm[index]?.payload ?? 0)),
  );
  const warmUp = warmUpEffect(
    withoutPayload.map((values, size) => values.map((value, index) => ({ value, call: calls[size]?.[index] ?? 1 }))),
  );
  return usable.map((observation, size) => ({
    memorySizeMb: observation.memorySizeMb,
    values: observation.warm.map(({ round }, index) => ({
      value: (withoutPayload[size]?.[index] ?? 0) - warmUp(calls[size]?.[index] ?? 1),
      round,
    })),
    logMix: effects.logMixOf(size),
    mixVariance: (scale, more) => effects.mixVarianceOf(size, scale, more),
    environments: new Set(observation.warm.map(({ lane }) => lane)).size,
    logDurationOverBilled: logDurationOverBilled(observation.warm),
  }));
};

const logDurationOverBilled = (samples: readonly Sample[]): number => {
  const duration = samples.reduce((sum, sample) => sum + Math.max(0.01, sample.durationMs), 0);
  const billed = samples.reduce((sum, sample) => sum + Math.max(1, sample.billedMs), 0);
  return Math.log(duration / billed);
};

/** Coefficient of variation of the bodies, each around its own mean, with a weak prior. */
const pooledBodyScale = (bodies: readonly SizeBody[], scale: number): number => {
  const squares = bodies.reduce((sum, body) => sum + body.squares, priorScale.weight * scale ** 2);
  const degrees = bodies.reduce((sum, body) => sum + body.degrees, priorScale.weight);
  return Math.max(smallestScale, Math.sqrt(squares / degrees));
};

/** A size's own coefficient of variation, shrunk to that of all: smaller memory is noisier. */
const ownBodyScale = (pooled: number, squares: number, degrees: number): number =>
  Math.max(smallestScale, Math.sqrt((ownScaleWeight * pooled ** 2 + squares) / (ownScaleWeight + degrees)));
