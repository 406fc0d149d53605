import { allowedSizes } from "./allowed-sizes.ts";
import type { SamplingContext } from "./decision.ts";

/** Sizes within this many octaves of the current one say the same: the anchor gives way. */
const anchorDistanceOctaves = 0.3;

/** A list this short is measured whole in the first round. */
const shortList = 6;

/** Candidates an octave when every megabyte is allowed, rounded to multiples of 8 MB. */
const candidatesPerOctave = 8;
const candidateStepMb = 8;

/**
 * Sizes of the first round: anchors spread over the range and the current size, or from a list the members nearest to them.
 *
 * @param anchorsMb - Ascending.
 * @returns Ascending, without repetition.
 */
export const startingSizes = (context: SamplingContext, anchorsMb: readonly number[]): number[] => {
  const { minMb, maxMb, listMb } = allowedSizes(context);
  if (listMb !== undefined && listMb.length <= shortList) return [...listMb];
  const { currentMb } = context;
  const anchors = [currentMb, ...anchorsMb.filter((mb) => Math.abs(Math.log2(mb / currentMb)) > anchorDistanceOctaves)];
  if (listMb !== undefined) return ascending(anchors.map((mb) => nearest(mb, listMb)));
  const inside = anchors.filter((mb) => mb >= minMb && mb <= maxMb);
  return ascending(inside.length >= 3 || minMb > maxMb ? inside : [minMb, ...inside, maxMb]);
};

/** Every size that may still be tried from `floorMb` up, ascending. */
export const candidateSizes = (context: SamplingContext, floorMb: number): number[] => {
  const { minMb, maxMb, listMb } = allowedSizes(context);
  if (listMb !== undefined) return listMb.filter((mb) => mb >= floorMb);
  const lowest = Math.max(minMb, floorMb);
  const octaves = Math.max(0, Math.ceil(Math.log2(maxMb / 128) * candidatesPerOctave));
  const grid = Array.from(
    { length: octaves + 1 },
    (_, step) => Math.round((128 * 2 ** (step / candidatesPerOctave)) / candidateStepMb) * candidateStepMb,
  );
  return ascending([lowest, ...grid].filter((mb) => mb >= lowest && mb <= maxMb));
};

const nearest = (mb: number, sizes: readonly number[]): number =>
  sizes.reduce(
    (best, size) => (Math.abs(Math.log(size / mb)) < Math.abs(Math.log(best / mb)) ? size : best),
    sizes[0] ?? mb,
  );

const ascending = (sizes: readonly number[]): number[] => [...new Set(sizes)].sort((a, b) => a - b);
