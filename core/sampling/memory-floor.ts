import { memoryLimitsMb } from "../units.ts";
import { countTimeouts, sizesShortOfTime } from "./occasional-timeouts.ts";
import type { SizeObservation } from "./observe-sizes.ts";

/** Memory recommended over what was seen used: usage of production varies more than that of a tuning run. */
const headroom = 1.12;
/** 1.12 x 300 is 336.00000000000006. */
const rounding = 1e-9;

/**
 * The smallest size that may be recommended: above every size that failed for lack of memory or time, and with
 * headroom over the least memory that the function was seen to need.
 *
 * A size whose calls timed out is too small only when no smaller one was fine, and larger ones do not time out as well:
 * else something made it hang.
 *
 * The least rather than the highest "Max Memory Used" counts, because runtimes grow their heaps into what they are given.
 */
export const memoryFloorMb = (observations: readonly SizeObservation[]): number => {
  const smallestMeasured = Math.min(
    ...observations.filter(({ outcome }) => outcome === "measured").map(({ memorySizeMb }) => memorySizeMb),
  );
  const short = sizesShortOfTime(observations.map(({ memorySizeMb, all }) => countTimeouts(memorySizeMb, all)));
  const isTooSmall = ({ outcome, memorySizeMb, all }: SizeObservation): boolean => {
    if (outcome !== "timed-out") return outcome === "out-of-memory";
    const isShort = short.has(memorySizeMb) || all.every(({ status }) => status !== "timed-out");
    return isShort && memorySizeMb < smallestMeasured;
  };
  const failed = observations.filter(isTooSmall).map(({ memorySizeMb }) => memorySizeMb + 1);
  const used = observations.flatMap((size) =>
    size.outcome === "measured" && size.maxMemoryUsedMb !== undefined ? [size.maxMemoryUsedMb] : [],
  );
  const needed = used.length === 0 ? 0 : Math.ceil(headroom * Math.min(...used) - rounding);
  return Math.max(memoryLimitsMb.min, needed, ...failed);
};
