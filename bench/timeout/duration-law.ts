import { normalCdf } from "../../core/statistics/normal-cdf.ts";
import { normalQuantile } from "../../core/statistics/normal-quantile.ts";
import type { Random } from "../sampling/random.ts";

/** One kind of invocation: lognormal, with a Pareto tail spliced on where it has one. */
export interface DurationMode {
  /** Share of invocations of this kind. */
  readonly share: number;
  readonly medianMs: number;
  /** Standard deviation of the logarithm. */
  readonly logSd: number;
  /** Beyond the quantile that this share exceeds, the tail is Pareto. */
  readonly tail?: { readonly share: number; readonly exponent: number };
}

/** How long a function's invocations take: a mixture whose every probability is known. */
export type DurationLaw = readonly DurationMode[];

/** True share of invocations that take longer. */
export const shareBeyond = (law: DurationLaw, ms: number): number =>
  law.reduce((sum, mode) => sum + mode.share * modeBeyond(mode, ms), 0);

const modeBeyond = (mode: DurationMode, ms: number): number => {
  const { tail, medianMs, logSd } = mode;
  const splice = spliceMs(mode);
  if (tail !== undefined && ms > splice) return tail.share * (ms / splice) ** -tail.exponent;
  return normalCdf(-Math.log(ms / medianMs) / logSd);
};

const spliceMs = ({ tail, medianMs, logSd }: DurationMode): number =>
  tail === undefined ? Number.POSITIVE_INFINITY : medianMs * Math.exp(-logSd * normalQuantile(tail.share));

/** True duration that a share of invocations exceeds, to one part in a million. */
export const quantileBeyond = (law: DurationLaw, share: number): number => {
  let low = 1e-3;
  let high = 1e12;
  while (high / low > 1 + 1e-6) {
    const middle = Math.sqrt(low * high);
    if (shareBeyond(law, middle) > share) low = middle;
    else high = middle;
  }
  return high;
};

/** One invocation. */
export const drawDuration = (law: DurationLaw, random: Random): number => {
  const at = random.next() * law.reduce((sum, { share }) => sum + share, 0);
  let passed = 0;
  const mode = law.find(({ share }) => (passed += share) >= at) ?? law[0];
  if (mode === undefined) throw new RangeError("Expected a law with at least one mode.");
  const beyond = random.next();
  const { tail, medianMs, logSd } = mode;
  return tail !== undefined && beyond < tail.share
    ? spliceMs(mode) * (beyond / tail.share) ** (-1 / tail.exponent)
    : medianMs * Math.exp(-logSd * normalQuantile(beyond));
};
