import { median } from "simple-statistics";

/** How much longer each payload takes than the size it is measured at would say, in logarithms. */
export interface PayloadEffects {
  readonly effectOf: (size: number, payload: number) => number;
  /** Logarithm of the mean over payloads, by their shares, of what an effect multiplies. */
  readonly logMixOf: (size: number) => number;
  /** Variance of that logarithm because some payloads were seen seldom or never at the size, by the scale of the noise. */
  readonly mixVarianceOf: (size: number, scale: number, more?: number) => number;
}

/** A payload's own effect at one size counts as much as its effect over all sizes from so many samples. */
const ownEffectWeight = 2;
/** Sd, over sizes, of how a payload's effect at a size deviates from its effect at all of them. */
const deviationSd = 0.35;
const passes = 4;

/**
 * Splits log durations into sizes and payloads: each payload has an effect that all sizes share, and at each size a
 * deviation from it, shrunk by how few samples it rests on.
 *
 * @param sizes - Samples of each size.
 * @param payloadShares - With a single share all payloads are one population, and have no effect.
 */
export const payloadEffects = (
  sizes: readonly (readonly { readonly payload: number; readonly value: number }[])[],
  payloadShares: readonly number[],
): PayloadEffects => {
  if (payloadShares.length <= 1) return { effectOf: () => 0, logMixOf: () => 0, mixVarianceOf: () => 0 };
  const shared = sharedEffects(sizes, payloadShares.length);
  const own = sizes.map((samples) => {
    const level = medianOr(
      samples.map(({ payload, value }) => value - (shared[payload] ?? 0)),
      0,
    );
    return payloadShares.map((_, payload) => {
      const values = samples.filter((sample) => sample.payload === payload).map(({ value }) => value);
      if (values.length === 0) return { effect: shared[payload] ?? 0, n: 0 };
      const deviation = median(values) - level - (shared[payload] ?? 0);
      return {
        effect: (shared[payload] ?? 0) + (deviation * values.length) / (values.length + ownEffectWeight),
        n: values.length,
      };
    });
  });
  const mixOf = (size: number) =>
    payloadShares.reduce((sum, share, payload) => sum + share * Math.exp(own[size]?.[payload]?.effect ?? 0), 0);
  return {
    effectOf: (size, payload) => own[size]?.[payload]?.effect ?? 0,
    logMixOf: (size) => Math.log(mixOf(size)),
    mixVarianceOf: (size, scale, more = 0) => {
      const mix = mixOf(size);
      return payloadShares.reduce((sum, share, payload) => {
        const { effect, n } = own[size]?.[payload] ?? { effect: 0, n: 0 };
        const part = (share * Math.exp(effect)) / mix;
        // What samples of the size as a whole tell of a payload's deviation is in the size's own variance already.
        return sum + (part ** 2 * (1 - share)) / (deviationSd ** -2 + (n + more * share) / scale ** 2);
      }, 0);
    },
  };
};

/** Median polish: levels of sizes and effects of payloads in turn. Payloads that were never seen have no effect. */
const sharedEffects = (
  sizes: readonly (readonly { readonly payload: number; readonly value: number }[])[],
  payloads: number,
): number[] => {
  let effects = Array.from({ length: payloads }, () => 0);
  for (let pass = 0; pass < passes; pass++) {
    const levels = sizes.map((samples) =>
      medianOr(
        samples.map(({ payload, value }) => value - (effects[payload] ?? 0)),
        0,
      ),
    );
    effects = effects.map((_, payload) =>
      medianOr(
        sizes.flatMap((samples, size) =>
          samples.filter((sample) => sample.payload === payload).map(({ value }) => value - (levels[size] ?? 0)),
        ),
        0,
      ),
    );
  }
  return effects;
};

const medianOr = (values: readonly number[], otherwise: number): number =>
  values.length === 0 ? otherwise : median([...values]);
