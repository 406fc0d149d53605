import type { SizeTail } from "./tail-law.ts";

/** What the possibility of memory pressure adds to the mean of a size, before any of it was seen. */
export interface PressureRisk {
  /** That the size is short of memory now and then, though none of its calls was slow for it. */
  readonly unseenProbability: number;
  /** Logarithm of the factor on the mean. */
  readonly logFactor: number;
  /** Variance of that logarithm after more calls of the size. */
  readonly varianceWith: (more: number) => number;
  /** How much `logFactor` falls when none of so many more calls of the size is slow, and the probability of that. */
  readonly reliefAfter: (more: number) => { readonly fall: number; readonly probability: number };
}

/** The risk of a size that needs no memory. */
export const noPressure: PressureRisk = {
  unseenProbability: 0,
  logFactor: 0,
  varianceWith: () => 0,
  reliefAfter: () => ({ fall: 0, probability: 1 }),
};

/** What pressure does: of the calls this share takes so many times longer than the body, less one. */
const pressure = { share: 0.06, excess: 33 } as const;
/** An outlier this many times the body, less one, is what pressure does; without pressure at least so few calls are. */
const severe = { excess: 4, leastShare: 0.005 } as const;

const isSevere = (excess: number): boolean => excess >= severe.excess;

/** How much of the risk's variance counts as noise of a size: neighbours have the rest in common. */
const visible = 0.3;

/**
 * Where pressure may end: with a probability, equally likely anywhere, in octaves, between two sizes.
 *
 * Any small size may be too small; one that is hardly larger than the memory used most of all.
 */
const endings = (usedMb: number | undefined): readonly Ending[] => [
  { probability: 0.12, from: octaves(128), to: octaves(1024) },
  ...(usedMb === undefined ? [] : [{ probability: 0.25, from: octaves(1.1 * usedMb), to: octaves(1.7 * usedMb) }]),
];

interface Ending {
  readonly probability: number;
  readonly from: number;
  readonly to: number;
}

const octaves = (memoryMb: number): number => Math.log2(memoryMb / 1024);

/**
 * The risk that a few calls have not shown: below some size a function may be short of memory now and then, so that one
 * call in sixteen takes thirty times as long. Every unharmed call at a size speaks against pressure there and at all larger
 * sizes.
 *
 * @param sizes - In any order.
 * @param usedMb - Memory that the function was seen to need.
 */
export const pressureRisks = (sizes: readonly SizeTail[], usedMb?: number): PressureRisk[] =>
  pressuresOf(sizes, usedMb).map(({ probability, logFactor, variance }, index) => ({
    unseenProbability: sizes[index]?.excesses.some(isSevere) === true ? 0 : probability,
    logFactor,
    varianceWith: (more) => variance * unharmed(more) ** 2,
    reliefAfter: (more) => {
      const after = sizes.map((size, place) => (place === index ? { ...size, n: size.n + more } : size));
      // More calls dilute the outliers seen, so that more of the risk is unseen: that is no relief.
      const fall = Math.max(0, logFactor - (pressuresOf(after, usedMb)[index]?.logFactor ?? 0));
      return { fall, probability: 1 - probability * (1 - unharmed(more)) };
    },
  }));

/** Probability that none of so many calls under pressure is slow. */
const unharmed = (calls: number): number => (1 - pressure.share) ** calls;

interface Pressure {
  /** That the size is under pressure. */
  readonly probability: number;
  readonly logFactor: number;
  readonly variance: number;
}

const pressuresOf = (sizes: readonly SizeTail[], usedMb: number | undefined): Pressure[] => {
  const ascending = sizes.map((size, index) => ({ ...size, index })).sort((a, b) => a.octaves - b.octaves);
  const prior = endings(usedMb);
  const between = (from: number, to: number): number =>
    prior.reduce(
      (sum, ending) =>
        sum +
        (ending.probability * Math.max(0, Math.min(to, ending.to) - Math.max(from, ending.from))) /
          (ending.to - ending.from),
      0,
    );
  const calls = sizes.reduce((sum, size) => sum + size.n, 0);
  const severeCalls = sizes.reduce((sum, size) => sum + size.excesses.filter(isSevere).length, 0);
  const shareOtherwise = Math.max(severe.leastShare, severeCalls / Math.max(1, calls));
  // Entry k: pressure ends above the k smallest sizes and below the next.
  let likelihood = 1;
  const posterior = [Number.NEGATIVE_INFINITY, ...ascending.map((size) => size.octaves)].map((from, place) => {
    const before = ascending[place - 1];
    if (before !== undefined) {
      const hit = before.excesses.filter(isSevere).length;
      likelihood *=
        Math.min(1, (1 - pressure.share) / (1 - shareOtherwise)) ** (before.n - hit) *
        Math.max(1, pressure.share / shareOtherwise) ** hit;
    }
    return between(from, ascending[place]?.octaves ?? Number.POSITIVE_INFINITY) * likelihood;
  });
  const nowhere = Math.max(0, 1 - prior.reduce((sum, ending) => sum + ending.probability, 0));
  const total = nowhere + posterior.reduce((sum, value) => sum + value, 0);
  const pressures: Pressure[] = sizes.map(() => ({ probability: 0, logFactor: 0, variance: 0 }));
  let probability = 0;
  for (let place = ascending.length; place >= 1; place--) {
    probability += (posterior[place] ?? 0) / total;
    const size = ascending[place - 1];
    if (size === undefined) continue;
    const seen = size.excesses.reduce((sum, value) => sum + value, 0) / Math.max(1, size.n);
    const unseen = Math.max(0, pressure.share * pressure.excess - seen);
    pressures[size.index] = {
      probability,
      logFactor: Math.log1p(probability * unseen),
      variance: visible * probability * (1 - probability) * Math.log1p(unseen) ** 2,
    };
  }
  return pressures;
};
