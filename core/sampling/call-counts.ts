import { median } from "simple-statistics";
import type { SamplingContext } from "./decision.ts";
import type { Estimates } from "./estimate-sizes.ts";
import type { SizeObservation } from "./observe-sizes.ts";
import type { CallCounts, Preset } from "./presets.ts";

/** Outliers count for a third of what they spread: a few calls say little about them. */
const tailShare = 0.3;
const widestTail = 5;
/** Where a cold start costs many calls, up to this share of it is spent on calls of a new size. */
const shareOfColdStart = 0.5;
const mostOfCheapCalls = 14;

/** Warm calls of a size that is measured for the first time: the more, the noisier the function and the cheaper its calls. */
export const callsOfNewSize = (
  context: SamplingContext,
  preset: Preset,
  usable: readonly SizeObservation[],
  estimates: Estimates,
): number => {
  const spread = Math.hypot(estimates.scale, tailShare * Math.min(widestTail, estimates.tailSd));
  const most = Math.max(
    preset.calls.most,
    Math.min(mostOfCheapCalls, Math.floor(shareOfColdStart * callsOfAColdStart(usable))),
  );
  return Math.max(clampedCalls({ ...preset.calls, most }, spread), payloadCalls(context));
};

/**
 * More calls for noisier functions, between bounds.
 *
 * @param scale - Coefficient of variation of a function's calls.
 *
 * @example
 * ```ts
 * clampedCalls({ least: 4, perScale: 40, most: 10 }, 0.08); // => 6
 * ```
 */
export const clampedCalls = ({ least, perScale, most }: CallCounts, scale: number): number =>
  Math.round(Math.max(least, Math.min(most, least + perScale * (scale - 0.03))));

/** Payloads with a smaller share than this need not all be seen at every size. */
const smallPayloadShare = 0.05;
/** Most calls that seeing every payload may cost. */
const mostPayloadCalls = 8;

/** Warm calls until every payload that matters was sent. */
export const payloadCalls = ({ payloadShares }: SamplingContext): number =>
  payloadShares.length <= 1
    ? 1
    : Math.min(
        mostPayloadCalls,
        Math.ceil(1 / Math.min(...payloadShares.filter((share) => share >= smallPayloadShare))),
      );

/** How many warm calls a cold start is billed like. */
const callsOfAColdStart = (usable: readonly SizeObservation[]): number => {
  const ratios = usable.flatMap(({ cold, warm }) => {
    const [first] = cold;
    if (first === undefined || warm.length === 0) return [];
    return [(first.billedMs * warm.length) / warm.reduce((sum, { billedMs }) => sum + Math.max(1, billedMs), 0)];
  });
  return ratios.length === 0 ? 1 : median(ratios);
};
