import { groupBootstrap } from "./bootstrap.ts";
import { type RunScore, scoreRun } from "./measure-run.ts";
import { methodOf } from "./methods/method-by-name.ts";
import { populationOf } from "./populations/population.ts";
import { halfOf } from "./split.ts";
import { type SimulatedFunction, Truth } from "./simulated-function.ts";
import { type MethodSummary, summariseMethod } from "./summarise.ts";

export interface BenchmarkOptions {
  /** File of published curves or samples; the synthetic population without one. */
  readonly population?: string;
  readonly repeats: number;
  readonly seed: number;
  readonly methods: readonly string[];
  /** At most so many functions. */
  readonly limit?: number;
  /** Only the groups that the method's constants were tuned on, or only the others. */
  readonly half?: "tuned" | "held-out";
}

export interface BenchmarkReport {
  readonly population: string;
  readonly noise?: string;
  readonly functions: number;
  readonly runs: number;
  readonly seed: number;
  readonly half?: "tuned" | "held-out";
  readonly methods: Readonly<Record<string, MethodSummary>>;
}

/** Runs every method against every function, with the same seeds for all. */
export const benchmarkSampling = (options: BenchmarkOptions): BenchmarkReport => {
  const population = populationOf(options.population);
  const methods = options.methods.map((name) => ({ name, run: methodOf(name), scores: [] as RunScore[] }));
  let functions = 0;
  for (let repeat = 0; repeat < options.repeats; repeat++) {
    const chosen = choose(population.functions(options.seed * 1000 + repeat), options);
    functions = chosen.length;
    for (const [index, simulated] of chosen.entries()) {
      const truth = new Truth(simulated);
      for (const method of methods) {
        method.scores.push(scoreRun(simulated, truth, method.run(simulated, [options.seed, repeat, index])));
      }
    }
  }
  const baseline = methods.find(({ name }) => name === "fixed-grid-50")?.scores;
  return {
    population: population.name,
    ...(population.noise === undefined ? {} : { noise: population.noise }),
    functions,
    runs: functions * options.repeats,
    seed: options.seed,
    ...(options.half === undefined ? {} : { half: options.half }),
    methods: Object.fromEntries(
      methods.map(({ name, scores }) => [
        name,
        summariseMethod(scores, baseline, (differences) => groupBootstrap(differences, options.seed)),
      ]),
    ),
  };
};

const choose = (functions: readonly SimulatedFunction[], { half, limit }: BenchmarkOptions): SimulatedFunction[] =>
  functions.filter(({ group }) => half === undefined || halfOf(group) === half).slice(0, limit ?? functions.length);
