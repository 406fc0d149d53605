import { medianSorted } from "simple-statistics";
import { Random } from "../random.ts";
import { billedOf, type SimulatedFunction } from "../simulated-function.ts";
import { type SampleRecord, warmDurations } from "./record.ts";

/**
 * Functions whose published samples are drawn again.
 *
 * A function counts with at least four sizes that span three octaves. Its median between two sizes is interpolated in
 * log-log; a call there draws from the samples of the nearer size, scaled to that median. Below the smallest size it is
 * out of memory, unless that is 128 MB; above the largest its median stays.
 */
export const replayPopulation = (records: readonly SampleRecord[], seed: number): SimulatedFunction[] => {
  const functions = [...Map.groupBy(records, nameOf).values()].map(setsBySize).filter(isUsable);
  const perGroup = Map.groupBy(functions, ({ group }) => group);
  return functions.map((sets, index) =>
    replayed(sets, 1 / (perGroup.get(sets.group)?.length ?? 1), new Random(seed, index, 43)),
  );
};

interface SampledSize {
  readonly memoryMb: number;
  readonly x: number;
  readonly median: number;
  readonly samples: readonly number[];
}

interface SampledFunction {
  readonly name: string;
  readonly group: string;
  readonly sizes: readonly SampledSize[];
}

const nameOf = (record: SampleRecord): string =>
  `${record.source.split("@")[0] ?? ""}|${record.function}|${record.architecture ?? ""}`;

const setsBySize = (records: readonly SampleRecord[]): SampledFunction => {
  const [first] = records;
  if (first === undefined) throw new RangeError("Expected records of a function, got none.");
  const sizes = [...Map.groupBy(records, ({ memoryMB }) => memoryMB)]
    .map(([memoryMb, sets]) => sampledSize(memoryMb, sets.flatMap(warmDurations)))
    .filter(({ samples }) => samples.length >= 8)
    .sort((a, b) => a.memoryMb - b.memoryMb);
  return { name: nameOf(first), group: `${first.source.split("@")[0] ?? ""}|${first.function}`, sizes };
};

const sampledSize = (memoryMb: number, samples: readonly number[]): SampledSize => {
  const sorted = samples.toSorted((a, b) => a - b);
  return { memoryMb, x: Math.log(memoryMb), median: medianSorted(sorted), samples: sorted };
};

const isUsable = ({ sizes }: SampledFunction): boolean =>
  sizes.length >= 4 && (sizes.at(-1)?.memoryMb ?? 0) >= 8 * (sizes[0]?.memoryMb ?? 1);

const replayed = ({ name, group, sizes }: SampledFunction, weight: number, random: Random): SimulatedFunction => {
  const smallestMb = sizes[0]?.memoryMb ?? 128;
  const scaled = (memoryMb: number) => {
    const nearest = nearestSize(sizes, Math.log(memoryMb));
    return { samples: nearest.samples, scale: medianAt(sizes, Math.log(memoryMb)) / nearest.median };
  };
  return {
    id: name,
    group,
    family: group.split("|")[1]?.split(" ")[0] ?? group,
    weight,
    currentMb: random.pick([256, 512, 512, 1024, 1024, 1536, 2048].filter((size) => size >= smallestMb)),
    // The smallest size measured is the smallest that has headroom.
    memoryUsedMb: smallestMb > 128 ? Math.floor(smallestMb / 1.25) : 60,
    payloadShares: [1],
    hostSd: random.logUniform(0.005, 0.03),
    initMs: random.logUniform(80, 1500),
    coldFactor: random.logUniform(1.1, 4),
    autocorrelation: 0,
    durationMs: (memoryMb, _payload, position) => {
      const { samples, scale } = scaled(memoryMb);
      return scale * (samples[Math.min(samples.length - 1, Math.floor(position * samples.length))] ?? 0);
    },
    meanBilledMs: (memoryMb) => {
      const { samples, scale } = scaled(memoryMb);
      return samples.reduce((sum, value) => sum + billedOf(scale * value), 0) / samples.length;
    },
  };
};

const nearestSize = (sizes: readonly SampledSize[], x: number): SampledSize =>
  sizes.reduce((nearest, size) => (Math.abs(size.x - x) < Math.abs(nearest.x - x) ? size : nearest));

const medianAt = (sizes: readonly SampledSize[], x: number): number => {
  const right = sizes.findIndex((size) => size.x >= x);
  const to = sizes[right] ?? sizes.at(-1);
  const from = sizes[right - 1] ?? to;
  if (from === undefined || to === undefined) throw new RangeError("Expected sizes with samples, got none.");
  if (right <= 0) return to.median;
  return from.median * (to.median / from.median) ** ((x - from.x) / (to.x - from.x));
};
