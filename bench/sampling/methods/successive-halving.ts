import { SimulatedPlatform } from "../platform.ts";
import type { Method } from "./method.ts";

const startMb = [128, 192, 256, 384, 512, 768, 1024, 1536, 2048, 3008];

/** Warm calls that a size has had after each round, and how many sizes enter it. */
const rungs = [
  { calls: 3, sizes: 10 },
  { calls: 6, sizes: 5 },
  { calls: 12, sizes: 3 },
  { calls: 24, sizes: 2 },
];

/** Successive halving: ten sizes, the cheaper half by plain mean of billed duration is measured further. */
export const successiveHalving: Method = (simulated, seeds) => {
  const platform = new SimulatedPlatform(simulated, ...seeds);
  let remaining = startMb.filter((memorySizeMb) => memorySizeMb >= 1.1 * simulated.memoryUsedMb);
  let before = 0;
  for (const rung of rungs) {
    remaining = remaining.slice(0, rung.sizes);
    platform.measure(remaining.map((memorySizeMb) => ({ memorySizeMb, warm: rung.calls - before, cold: 0, lanes: 1 })));
    before = rung.calls;
    remaining = remaining
      .map((memorySizeMb) => ({ memorySizeMb, cost: memorySizeMb * meanBilledMs(platform, memorySizeMb) }))
      .sort((a, b) => a.cost - b.cost)
      .map(({ memorySizeMb }) => memorySizeMb);
  }
  const [chosenMb] = remaining;
  return chosenMb === undefined ? { platform } : { platform, chosenMb };
};

const meanBilledMs = (platform: SimulatedPlatform, memorySizeMb: number): number => {
  const warm = platform.samplesOf(memorySizeMb).filter(({ cold }) => !cold);
  return warm.reduce((sum, { billedMs }) => sum + billedMs, 0) / warm.length;
};
