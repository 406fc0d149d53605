import { allowedSizes } from "./allowed-sizes.ts";
import type { SamplingContext } from "./decision.ts";

/** Two neighbouring sizes between which something that falls with memory drops below a limit. */
export interface Bracket {
  /** The largest size that is still above the limit. */
  readonly lowerMb: number;
  /** The smallest that is below it. */
  readonly upperMb: number;
  /** How far the lower one is above the limit, in logarithms. */
  readonly excess: number;
  /** How far the upper one is below the limit, in logarithms. */
  readonly slack: number;
}

/** Nearer sizes than this are not told apart, in octaves. */
const octavesApart = 0.1;
/** A saving smaller than this part of the charge is not worth another size. */
const worthwhile = 0.02;
/** How far from either end of the bracket the next size stays, as a part of it. */
const margin = 0.3;
/** Sizes off a list are multiples of this. */
const stepMb = 8;

/**
 * The next size of a search for the smallest that is below the limit: where a straight line in logarithms crosses it, kept to
 * the middle of the bracket, since the drop may be sudden.
 *
 * @returns `undefined` when both ends are close, when no allowed size lies between, or when it no longer matters in money: a
 * size at the threshold takes longer than the upper one by its slack, so that less memory saves less.
 */
export const nextInBracket = (context: SamplingContext, bracket: Bracket): number | undefined => {
  const { lowerMb, upperMb, excess, slack } = bracket;
  const distance = Math.log(upperMb / lowerMb);
  if (distance <= octavesApart * Math.LN2 || distance - Math.max(0, slack) <= worthwhile) return undefined;
  const crossing = excess + slack > 0 ? excess / (excess + slack) : 0.5;
  const wanted = lowerMb * Math.exp(distance * Math.max(margin, Math.min(1 - margin, crossing)));
  return nearestBetween(context, wanted, lowerMb, upperMb);
};

const nearestBetween = (context: SamplingContext, wanted: number, lowerMb: number, upperMb: number) => {
  const { listMb } = allowedSizes(context);
  const between = (mb: number): boolean => mb > lowerMb && mb < upperMb;
  const round = Math.round(wanted / stepMb) * stepMb;
  if (listMb === undefined && between(round)) return round;
  return (listMb ?? [Math.round(wanted)])
    .filter(between)
    .reduce<number | undefined>(
      (best, mb) => (best === undefined || distance(mb, wanted) < distance(best, wanted) ? mb : best),
      undefined,
    );
};

const distance = (a: number, b: number): number => Math.abs(Math.log(a / b));
