import { median } from "simple-statistics";
import type { Sample } from "../invocation/sample.ts";
import type { SizeObservation } from "./observe-sizes.ts";
import type { Preset } from "./presets.ts";

/** Eight GB-seconds, about 0.01 US cents: a run so cheap is ended by its number of calls, not by its spend. */
export const cheapSpend = 8 * 1024 * 1000;

/**
 * How much more than at first another measurement must be worth, for what was spent already.
 *
 * Spend is counted in the cost of the run's own first round, so that it means the same for a cheap and a dear function, and
 * calls at the typical cost of their kind: a function whose few slow calls make the bill needs more calls, not fewer.
 *
 * @param tailFactor - How many times the body's the mean of all calls is, far outliers included.
 * @param cheap - Spend in megabyte-milliseconds that a first round counts as at least: below it there is nothing to save.
 * @returns 1 until the spend is `patience` times that of the first round, then its square over that of `patience`.
 */
export const impatience = (
  observations: readonly SizeObservation[],
  { patience }: Preset,
  tailFactor: number,
  cheap = 0,
): number => {
  let first = 0;
  let all = 0;
  for (const { memorySizeMb, all: samples } of observations) {
    for (const kind of [samples.filter(({ cold }) => cold), samples.filter(({ cold }) => !cold)]) {
      if (kind.length === 0) continue;
      const typical = memorySizeMb * median(kind.map(({ billedMs }) => billedMs));
      all += typical * kind.length;
      first += typical * kind.filter(isOfFirstRound).length;
    }
  }
  return first === 0 ? 1 : Math.max(1, all / Math.max(first, cheap) / patience / tailFactor) ** 2;
};

const isOfFirstRound = ({ round }: Sample): boolean => round <= 1;
