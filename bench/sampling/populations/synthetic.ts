import { oneVcpuMb } from "../../../core/units.ts";
import { Random } from "../random.ts";
import type { SimulatedFunction } from "../simulated-function.ts";
import { anyNoise, heavyTailedNoise } from "./noise-law.ts";
import { anyPlatform } from "./platform-traits.ts";

/** What a family decides: the duration, and where needed payloads and memory. */
type Behaviour = Pick<SimulatedFunction, "durationMs"> &
  Partial<Pick<SimulatedFunction, "payloadShares" | "memoryUsedMb">>;

/**
 * Functions of ten families whose truth is known.
 *
 * @param count - How many; the families take turns.
 */
export const syntheticPopulation = (seed: number, count: number): SimulatedFunction[] => {
  const families = Object.entries(behaviours);
  return Array.from({ length: count }, (_, index) => {
    const random = new Random(seed, index, 17);
    const [family, behave] = families[index % families.length] ?? ["cpu", cpu];
    const id = `${family}-${Math.floor(index / families.length)}`;
    return {
      id,
      group: id,
      family,
      weight: 1,
      currentMb: random.pick([128, 128, 256, 512, 512, 1024, 1024, 1536, 2048, 3008]),
      memoryUsedMb: Math.round(random.logUniform(45, 260)),
      payloadShares: [1],
      ...anyPlatform(random),
      ...behave(random),
    };
  }).map((simulated) => ({ ...simulated, currentMb: atLeast(simulated.currentMb, simulated.memoryUsedMb) }));
};

const atLeast = (currentMb: number, memoryUsedMb: number): number => {
  let size = currentMb;
  while (size < 1.1 * memoryUsedMb) size = Math.min(10_240, size * 2);
  return size;
};

const vcpus = (memoryMb: number): number => memoryMb / oneVcpuMb;

/**
 * Published curves are steeper than 1/m where memory is small: paging, collection and throttling cost extra work there,
 * growing smoothly as memory shrinks, or beginning suddenly below the size that the heap needs.
 */
const smallMemoryPenalty = (random: Random): ((memoryMb: number) => number) => {
  if (random.chance(0.25)) return () => 1;
  if (random.chance(0.5)) {
    const severity = random.logUniform(0.2, 4);
    const reachMb = random.logUniform(40, 500);
    return (memoryMb) => 1 + severity * Math.exp(-(memoryMb - 128) / reachMb);
  }
  const cliffMb = random.logUniform(140, 1100);
  const severity = random.logUniform(0.25, 3);
  return (memoryMb) => 1 + severity / (1 + Math.exp((memoryMb - cliffMb) / (0.015 * cliffMb)));
};

const noisy = (random: Random, meanMs: (memoryMb: number) => number): Behaviour => {
  const law = anyNoise(random);
  return { durationMs: (memoryMb, _payload, position) => meanMs(memoryMb) * law(position) };
};

const cpu = (random: Random): Behaviour => {
  const work = random.logUniform(20, 8000);
  const wait = work * random.uniform(0, 0.05);
  const penalty = smallMemoryPenalty(random);
  return noisy(random, (memoryMb) => wait + (work * penalty(memoryMb)) / Math.min(1, vcpus(memoryMb)));
};

const multiThreaded = (random: Random): Behaviour => {
  const work = random.logUniform(100, 20_000);
  const parallel = random.uniform(0.5, 0.98);
  const threads = random.integer(2, 6);
  const penalty = smallMemoryPenalty(random);
  return noisy(
    random,
    (memoryMb) =>
      work *
      penalty(memoryMb) *
      ((1 - parallel) / Math.min(1, vcpus(memoryMb)) + parallel / Math.min(threads, vcpus(memoryMb))),
  );
};

const io = (random: Random): Behaviour => {
  const wait = random.logUniform(20, 3000);
  const work = wait * random.uniform(0.005, 0.1);
  return noisy(random, (memoryMb) => wait + work / Math.min(1, vcpus(memoryMb)));
};

const mixed = (random: Random): Behaviour => {
  const wait = random.logUniform(10, 2000);
  const work = wait * random.logUniform(0.1, 10);
  const penalty = smallMemoryPenalty(random);
  return noisy(random, (memoryMb) => (wait + work / Math.min(1, vcpus(memoryMb))) * penalty(memoryMb));
};

const memoryPressure = (random: Random): Behaviour => {
  const memoryUsedMb = Math.round(random.logUniform(110, 1500));
  const wait = random.logUniform(10, 1000);
  const work = wait * random.logUniform(0.1, 5);
  const severity = random.logUniform(0.3, 6);
  const reach = random.uniform(0.05, 0.5);
  const collected = (memoryMb: number) => 1 + severity * Math.exp(-Math.max(0, memoryMb / memoryUsedMb - 1) / reach);
  return {
    ...noisy(random, (memoryMb) => wait + (work * collected(memoryMb)) / Math.min(1, vcpus(memoryMb))),
    memoryUsedMb,
  };
};

const weightedPayloads = (random: Random): Behaviour => {
  const count = random.integer(2, 3);
  const raw = Array.from({ length: count }, () => random.uniform(0.1, 1));
  const total = raw.reduce((sum, value) => sum + value, 0);
  const parts = raw.map(() => ({
    wait: random.logUniform(5, 800),
    work: random.logUniform(5, 3000),
    penalty: smallMemoryPenalty(random),
    law: anyNoise(random),
  }));
  return {
    payloadShares: raw.map((value) => value / total),
    durationMs: (memoryMb, payload, position) => {
      const part = parts[payload];
      if (part === undefined) throw new RangeError(`Expected a payload below ${count}, got ${payload}.`);
      return (part.wait + part.work / Math.min(1, vcpus(memoryMb))) * part.penalty(memoryMb) * part.law(position);
    },
  };
};

/** Two kinds of work behind one payload: a cache that misses, a large document now and then. */
const hidden = (random: Random): Behaviour => {
  const heavyShare = random.uniform(0.05, 0.4);
  const wait = random.logUniform(5, 500);
  const work = random.logUniform(5, 1000);
  const heavierWait = random.logUniform(1, 6);
  const heavierWork = random.logUniform(1.5, 10);
  const law = heavyTailedNoise(random.logUniform(0.02, 0.2));
  const penalty = smallMemoryPenalty(random);
  return {
    durationMs: (memoryMb, _payload, position) => {
      const speed = Math.min(1, vcpus(memoryMb));
      return position < heavyShare
        ? (wait * heavierWait + (work * heavierWork) / speed) * penalty(memoryMb) * law(position / heavyShare)
        : (wait + work / speed) * penalty(memoryMb) * law((position - heavyShare) / (1 - heavyShare));
    },
  };
};

/** A few milliseconds of work, cut into slices by the CPU quota: a call waits for the next period whenever its slice ends. */
const short = (random: Random): Behaviour => {
  const work = random.logUniform(0.5, 15);
  const wait = random.logUniform(0.3, 6);
  const law = anyNoise(random);
  const periodMs = 20;
  return {
    durationMs: (memoryMb, _payload, position) => {
      const busy = work * law(position);
      const share = Math.min(1, vcpus(memoryMb));
      if (share >= 1) return wait + busy;
      // How much of the first slice is left when the call begins varies with the call.
      const already = ((position * 7919) % 1) * periodMs * share;
      const stalls = Math.floor((already + busy) / (periodMs * share));
      return wait + busy + stalls * periodMs * (1 - share);
    },
  };
};

const superLinear = (random: Random): Behaviour => {
  const work = random.logUniform(50, 3000);
  const wait = work * random.uniform(0, 0.5);
  const knee = random.logUniform(300, 1500);
  const exponent = random.uniform(1.15, 2.2);
  return noisy(
    random,
    (memoryMb) =>
      wait +
      (work * (memoryMb < knee ? (knee / memoryMb) ** exponent : 1)) / Math.min(1, vcpus(Math.max(memoryMb, knee))),
  );
};

/** Anything that falls with memory: random slopes between random sizes, with a sharp drop now and then. */
const wild = (random: Random): Behaviour => {
  const knots = [128];
  while ((knots.at(-1) ?? 0) < 10_240) knots.push((knots.at(-1) ?? 0) * random.uniform(1.25, 2.2));
  const logs = [Math.log(random.logUniform(20, 5000))];
  const steepness = random.uniform(0.4, 1.5);
  for (let index = 1; index < knots.length; index++) {
    const from = knots[index - 1] ?? 128;
    const to = knots[index] ?? 128;
    const fading = from > oneVcpuMb ? 0.15 : 1;
    const slope = fading * steepness * random.uniform(0.1, 1.6);
    const drop = random.chance(0.2) ? random.uniform(0.1, 0.7) * fading : 0;
    logs.push((logs[index - 1] ?? 0) - slope * Math.log(to / from) - drop);
  }
  return noisy(random, (memoryMb) => {
    const right = Math.max(
      1,
      knots.findIndex((knot) => knot >= memoryMb),
    );
    const from = knots[right - 1] ?? 128;
    const to = knots[right] ?? 10_240;
    const t = Math.log(memoryMb / from) / Math.log(to / from);
    return Math.exp((logs[right - 1] ?? 0) * (1 - t) + (logs[right] ?? 0) * t);
  });
};

const behaviours: Readonly<Record<string, (random: Random) => Behaviour>> = {
  cpu,
  "multi-threaded": multiThreaded,
  io,
  mixed,
  "memory-pressure": memoryPressure,
  "weighted-payloads": weightedPayloads,
  hidden,
  short,
  "super-linear": superLinear,
  wild,
};
