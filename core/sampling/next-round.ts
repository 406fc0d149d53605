import type { SizeMeasurement } from "../run/measurement.ts";
import { adaptiveRound } from "./adaptive-round.ts";
import type { Decision, SamplingContext } from "./decision.ts";
import { fixedRound } from "./fixed-round.ts";

/**
 * Decides what to measure next, or that enough is known.
 *
 * Everything follows from the arguments: calling it again with the same ones gives the same decision.
 *
 * @param context - What the request asks and the account allows.
 * @param measurements - All samples of the rounds so far.
 * @param round - Rounds already measured, 0 before the first.
 * @returns The sizes and counts of the next round, or why sampling ends.
 */
export const nextRound = (
  context: SamplingContext,
  measurements: readonly SizeMeasurement[],
  round: number,
): Decision =>
  context.sampling.method === "fixed"
    ? fixedRound(context, measurements, round)
    : adaptiveRound(context, measurements, round);
