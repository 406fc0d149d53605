import { Random } from "../random.ts";
import type { SimulatedFunction } from "../simulated-function.ts";
import { anyNoise, type NoiseLaw } from "./noise-law.ts";
import { anyPlatform } from "./platform-traits.ts";
import { type CurveRecord, type SampleRecord, warmDurations } from "./record.ts";

/**
 * Published curves of warm functions, with noise drawn from real sets of samples.
 *
 * A curve counts with at least five sizes that span three octaves. Between its sizes it is made to fall and interpolated
 * in log-log; half of the steep segments take three quarters of their fall in a sharp drop at a random place, or the optimum would
 * always sit on the grid that people measure.
 *
 * @param noiseSets - Real samples for the law of noise; without them, laws of the synthetic population are drawn.
 */
export const publishedPopulation = (
  curves: readonly CurveRecord[],
  noiseSets: readonly SampleRecord[],
  seed: number,
): SimulatedFunction[] => {
  const laws = noiseSets
    .map(warmDurations)
    .filter((set) => set.length >= 60)
    .map(empiricalLaw);
  const usable = curves.filter(isUsable);
  const perGroup = Map.groupBy(usable, (curve) => curve.group);
  return usable.map((curve, index) => {
    const random = new Random(seed, index, 29);
    const meanMs = fallingCurve(curve, random);
    const law = laws.length > 0 ? random.pick(laws) : normalised(anyNoise(random));
    return {
      id: curve.id,
      group: curve.group,
      family: curve.group.split("|")[0] ?? curve.group,
      weight: 1 / (perGroup.get(curve.group)?.length ?? 1),
      currentMb: random.pick([128, 256, 512, 512, 1024, 1024, 1536, 2048]),
      memoryUsedMb: Math.round(random.logUniform(40, 140)),
      payloadShares: [1],
      ...anyPlatform(random),
      durationMs: (memoryMb, _payload, position) => meanMs(memoryMb) * law(position),
    };
  });
};

const isUsable = (curve: CurveRecord): boolean =>
  curve.start !== "cold" &&
  curve.memoryMB.length >= 5 &&
  Math.max(...curve.memoryMB) >= 8 * Math.min(...curve.memoryMB) &&
  curve.meanDurationMs.every((value) => value > 0);

const empiricalLaw = (durationsMs: readonly number[]): NoiseLaw => {
  const sorted = durationsMs.toSorted((a, b) => a - b);
  const mean = sorted.reduce((sum, value) => sum + value, 0) / sorted.length;
  return (position) => (sorted[Math.min(sorted.length - 1, Math.floor(position * sorted.length))] ?? mean) / mean;
};

/** Published numbers are means: the law of noise must not move them. */
const normalised = (law: NoiseLaw): NoiseLaw => {
  const cells = 2000;
  let mean = 0;
  for (let cell = 0; cell < cells; cell++) mean += law((cell + 0.5) / cells) / cells;
  return (position) => law(position) / mean;
};

/** The duration at any size: never rising with memory, as 1/m below the measured range, flat above it. */
const fallingCurve = (curve: CurveRecord, random: Random): ((memoryMb: number) => number) => {
  const points = curve.memoryMB
    .map((memoryMb, index) => ({ x: Math.log(memoryMb), y: Math.log(curve.meanDurationMs[index] ?? 1) }))
    .sort((a, b) => a.x - b.x);
  const falling = poolAdjacent(points.map((point) => point.y));
  const knots = points.map(({ x }, index) => ({ x, y: falling[index] ?? 0 }));
  const drops = knots.slice(1).map((knot, index) => {
    const before = knots[index] ?? knot;
    const steep = (before.y - knot.y) / (knot.x - before.x) > steepSlope;
    return steep && random.chance(0.5) ? random.uniform(before.x, knot.x) : undefined;
  });
  const [first] = knots;
  if (first === undefined) throw new RangeError("Expected a curve with points, got none.");
  return (memoryMb) => {
    const x = Math.log(memoryMb);
    if (x <= first.x) return Math.exp(first.y + (first.x - x));
    const right = knots.findIndex((knot) => knot.x >= x);
    if (right < 0) return Math.exp(knots.at(-1)?.y ?? 0);
    const from = knots[right - 1] ?? first;
    const to = knots[right] ?? first;
    const drop = drops[right - 1];
    if (drop === undefined) return Math.exp(from.y + ((to.y - from.y) * (x - from.x)) / (to.x - from.x));
    return Math.exp(dropping(from, to, drop, x));
  };
};

/** Slope of log duration on log memory from which a segment may hide a cliff, and how much of its fall the cliff takes. */
const steepSlope = 1.15;
const sharpShare = 0.75;

/** A part of the fall is even, the rest happens within 2 % of memory around the drop. */
const dropping = (
  from: { readonly x: number; readonly y: number },
  to: { readonly x: number; readonly y: number },
  drop: number,
  x: number,
): number => {
  const fall = from.y - to.y;
  const gradual = (x - from.x) / (to.x - from.x);
  const sharp = 1 / (1 + Math.exp(-(x - drop) / 0.005));
  return from.y - fall * ((1 - sharpShare) * gradual + sharpShare * sharp);
};

/** Pool adjacent violators: the nearest sequence that never rises. */
const poolAdjacent = (values: readonly number[]): number[] => {
  const blocks: { sum: number; count: number }[] = [];
  for (const value of values) {
    blocks.push({ sum: value, count: 1 });
    for (;;) {
      const last = blocks.at(-1);
      const before = blocks.at(-2);
      if (last === undefined || before === undefined || before.sum / before.count >= last.sum / last.count) break;
      before.sum += last.sum;
      before.count += last.count;
      blocks.pop();
    }
  }
  return blocks.flatMap((block) => Array.from({ length: block.count }, () => block.sum / block.count));
};
