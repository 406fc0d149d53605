import { SimulatedPlatform } from "../platform.ts";
import type { Method } from "./method.ts";

/** The six sizes that aws-lambda-power-tuning suggests. */
const gridMb = [128, 256, 512, 1024, 1536, 3008];

/** Share of the lowest and of the highest durations that is dropped. */
const trimmedShare = 0.2;

/**
 * The rule of aws-lambda-power-tuning: `calls` invocations at each size of its grid, in series, the lowest and highest
 * 20 % dropped, the cheapest mean wins. In its favour, sizes that run out of memory are left out instead of ending the run.
 */
export const fixedGrid =
  (calls: number): Method =>
  (simulated, seeds) => {
    const platform = new SimulatedPlatform(simulated, ...seeds);
    platform.measure(gridMb.map((memorySizeMb) => ({ memorySizeMb, warm: calls - 1, cold: 0, lanes: 1 })));
    const costs = gridMb
      .filter((memorySizeMb) => !platform.isOutOfMemory(memorySizeMb) && memorySizeMb >= 1.1 * simulated.memoryUsedMb)
      .map((memorySizeMb) => ({
        memorySizeMb,
        cost: memorySizeMb * trimmedMean(platform.samplesOf(memorySizeMb).map(({ durationMs }) => durationMs)),
      }));
    const [first, ...others] = costs;
    if (first === undefined) return { platform };
    const best = others.reduce((cheapest, size) => (size.cost < cheapest.cost ? size : cheapest), first);
    return { platform, chosenMb: best.memorySizeMb };
  };

const trimmedMean = (values: readonly number[]): number => {
  const dropped = Math.floor(values.length * trimmedShare);
  const kept = values.toSorted((a, b) => a - b).slice(dropped, values.length - dropped);
  return kept.reduce((sum, value) => sum + value, 0) / kept.length;
};
