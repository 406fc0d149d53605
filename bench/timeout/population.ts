import { Random } from "../sampling/random.ts";
import { type DurationLaw, type DurationMode, quantileBeyond } from "./duration-law.ts";

/** A function whose every probability is known, at the size it runs with and with less CPU. */
export interface KnownFunction {
  readonly family: Family;
  /** Whether some tail of it is Pareto: the light ones are lognormal throughout. */
  readonly heavy: boolean;
  /** Invocations of production, cold starts among them, when its CPU part takes so many times as long. */
  law(cpuSlowdown: number): DurationLaw;
  /** Warm invocations alone: what tuning samples. */
  warmLaw(cpuSlowdown: number): DurationLaw;
  /** First handler calls of cold starts. */
  coldLaw(cpuSlowdown: number): DurationLaw;
}

const families = ["cpu", "io", "mixed", "payloads", "bimodal", "short", "wild", "stalls"] as const;
export type Family = (typeof families)[number];

/** Longest timeout that AWS allows: a function that needs longer is in no population. */
const longestMs = 900_000;

/**
 * Draws functions with known truth: the families of the sampling benchmark that matter to a tail, heavy tails on purpose.
 *
 * Medians are log-uniform from 30 ms to 15 s (an eighth of the functions: 1 to 20 ms), spreads have a CV from 2 to 60 %,
 * 55 % have Pareto tails. Rare modes have a weight of 1 in 1,000 or more: what is rarer than 3 / N does not show in N
 * invocations, whatever the rule.
 */
export const drawPopulation = (count: number, seed: number): readonly KnownFunction[] => {
  const population: KnownFunction[] = [];
  for (let index = 0; population.length < count; index += 1) {
    const drawn = drawFunction(new Random(seed, index));
    if (quantileBeyond(drawn.law(mostSlowdown), 1e-4) < longestMs) population.push(drawn);
  }
  return population;
};

const mostSlowdown = 2.5;

/** A mode whose duration is split into what waits and what computes. */
interface Part extends Omit<DurationMode, "medianMs"> {
  readonly waitMs: number;
  readonly cpuMs: number;
}

const drawFunction = (random: Random): KnownFunction => {
  const family = random.pick(families);
  const parts = drawParts(family, drawBody(family, random), random);
  const coldShare = random.logUniform(5e-4, 0.05);
  const coldFactor = random.uniform(1.1, 4);
  const scaled = (factor: number, share: number): readonly Part[] =>
    parts.map((part) => ({
      ...part,
      share: part.share * share,
      waitMs: part.waitMs * factor,
      cpuMs: part.cpuMs * factor,
    }));
  const warm = scaled(1, 1);
  const cold = scaled(coldFactor, 1);
  const all = [...scaled(1, 1 - coldShare), ...scaled(coldFactor, coldShare)];
  return {
    family,
    heavy: parts.some(({ tail }) => tail !== undefined),
    law: (slowdown) => lawOf(all, slowdown),
    warmLaw: (slowdown) => lawOf(warm, slowdown),
    coldLaw: (slowdown) => lawOf(cold, slowdown),
  };
};

const lawOf = (parts: readonly Part[], cpuSlowdown: number): DurationLaw =>
  parts.map(({ waitMs, cpuMs, ...mode }) => ({ ...mode, medianMs: waitMs + cpuMs * cpuSlowdown }));

const drawBody = (family: Family, random: Random): Part => {
  const medianMs = family === "short" ? random.logUniform(1, 20) : random.logUniform(30, 15_000);
  const waitShare = drawWaitShare(family, random);
  const logSd = Math.sqrt(Math.log(1 + random.logUniform(0.02, 0.6) ** 2));
  const hasTail = family === "wild" || random.chance(0.55);
  const tail = {
    share: random.logUniform(0.002, 0.05),
    exponent: family === "wild" ? random.uniform(1.5, 3) : random.uniform(2, 8),
  };
  return {
    share: 1,
    waitMs: medianMs * waitShare,
    cpuMs: medianMs * (1 - waitShare),
    logSd,
    ...(hasTail ? { tail } : {}),
  };
};

const drawWaitShare = (family: Family, random: Random): number => {
  if (family === "cpu") return random.uniform(0, 0.05);
  if (family === "io") return random.uniform(0.85, 1);
  return family === "mixed" ? random.uniform(0.2, 0.8) : random.uniform(0, 1);
};

/** The body, and the rare kind of invocation that some families have. */
const drawParts = (family: Family, body: Part, random: Random): readonly Part[] => {
  const beside = (share: number, rare: Partial<Part>): readonly Part[] => [
    { ...body, share: 1 - share },
    { ...body, share, ...rare },
  ];
  switch (family) {
    case "payloads":
      // Heavy payloads are heavy on the CPU: they slow down more than the typical invocation does.
      return beside(random.logUniform(0.005, 0.3), { cpuMs: body.cpuMs * random.logUniform(2, 12) });
    case "bimodal": {
      const factor = random.logUniform(2, 10);
      return beside(random.uniform(0.01, 0.17), { waitMs: body.waitMs * factor, cpuMs: body.cpuMs * factor });
    }
    case "stalls": {
      const { tail: _none, ...rest } = body;
      const stall = { ...rest, share: random.logUniform(0.001, 0.02), logSd: 0.4 };
      return [
        { ...body, share: 1 - stall.share },
        { ...stall, waitMs: body.waitMs + random.logUniform(500, 10_000) },
      ];
    }
    default:
      return [body];
  }
};
