import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { SimulatedFunction } from "../simulated-function.ts";
import { publishedPopulation } from "./published.ts";
import { parseRecords, type SampleRecord } from "./record.ts";
import { replayPopulation } from "./replay.ts";
import { syntheticPopulation } from "./synthetic.ts";

/** Where the functions of a benchmark come from. */
export interface Population {
  readonly name: "synthetic" | "published-curves" | "replayed-samples";
  /** What the noise of published curves is drawn from. */
  readonly noise?: "published samples" | "synthetic laws";
  /** The functions of one repeat: traits that no file states are drawn anew from the seed. */
  readonly functions: (seed: number) => SimulatedFunction[];
}

const syntheticFunctions = 100;

/** The population of a file by what its lines are, or the synthetic one without a file. */
export const populationOf = (file: string | undefined): Population => {
  if (file === undefined) {
    return { name: "synthetic", functions: (seed) => syntheticPopulation(seed, syntheticFunctions) };
  }
  const { curves, samples } = parseRecords(readFileSync(file, "utf8"));
  if (curves.length === 0) return { name: "replayed-samples", functions: (seed) => replayPopulation(samples, seed) };
  const noiseSets = samples.length > 0 ? samples : siblingSamples(file);
  return {
    name: "published-curves",
    noise: noiseSets.length > 0 ? "published samples" : "synthetic laws",
    functions: (seed) => publishedPopulation(curves, noiseSets, seed),
  };
};

/** Real samples beside the file of curves, where the two are published together. */
const siblingSamples = (file: string): SampleRecord[] => {
  const sibling = join(dirname(file), "invocation-samples.jsonl");
  return existsSync(sibling) ? parseRecords(readFileSync(sibling, "utf8")).samples : [];
};
