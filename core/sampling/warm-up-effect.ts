import { median } from "simple-statistics";

/** How fast the first calls of an environment may settle, in calls. */
const settlingCalls = [1.2, 2.5, 5, 10];
/** A warm-up is believed from this amplitude and this many standard errors on. */
const smallestAmplitude = 0.03;
const smallestT = 2.5;

/**
 * Finds whether the first warm calls of an environment run slower, and by how much, over all sizes together.
 *
 * Regresses log durations, less their size's median, on exp(-(call - 1) / tau) for the best of a few tau.
 *
 * @param sizes - Log durations of each size with their call's number in its environment, from 1.
 * @returns What to subtract from the log duration of a call; 0 where no warm-up shows.
 */
export const warmUpEffect = (
  sizes: readonly (readonly { readonly value: number; readonly call: number }[])[],
): ((call: number) => number) => {
  const fits = settlingCalls.map((tau) => fitDecay(sizes, tau));
  const best = fits.reduce((a, b) => (b.residual < a.residual ? b : a));
  if (!(best.amplitude > smallestAmplitude && best.t > smallestT)) return () => 0;
  return (call) => best.amplitude * Math.exp(-(call - 1) / best.tau);
};

const fitDecay = (
  sizes: readonly (readonly { readonly value: number; readonly call: number }[])[],
  tau: number,
): { tau: number; amplitude: number; t: number; residual: number } => {
  const points = sizes.flatMap((samples) => {
    if (samples.length < 3) return [];
    const middle = median(samples.map(({ value }) => value));
    const decays = samples.map(({ call }) => Math.exp(-(call - 1) / tau));
    const meanDecay = decays.reduce((sum, decay) => sum + decay, 0) / decays.length;
    const spread = 1.4826 * median(samples.map(({ value }) => Math.abs(value - middle)));
    const limit = 4 * Math.max(spread, 0.05) + 0.7;
    const residuals = samples.map(({ value }) => Math.max(-limit, Math.min(limit, value - middle)));
    const meanResidual = residuals.reduce((sum, value) => sum + value, 0) / residuals.length;
    return residuals.map((value, index) => ({ y: value - meanResidual, x: (decays[index] ?? 0) - meanDecay }));
  });
  const xx = points.reduce((sum, { x }) => sum + x * x, 0);
  if (points.length < 8 || xx === 0) return { tau, amplitude: 0, t: 0, residual: Number.POSITIVE_INFINITY };
  const amplitude = points.reduce((sum, { x, y }) => sum + x * y, 0) / xx;
  const residual = points.reduce((sum, { x, y }) => sum + (y - amplitude * x) ** 2, 0);
  const degrees = points.length - sizes.length - 1;
  const standardError = Math.sqrt(residual / Math.max(1, degrees) / xx);
  return { tau, amplitude, t: standardError > 0 ? amplitude / standardError : 0, residual };
};
