import type { PreparedRun } from "../../cli/tune/prepare-run.ts";
import type { MeasurementSummary } from "../../core/report/schema.ts";
import { cheapestOf, type SweepPoint, sweepOf } from "./dense-sweep.ts";
import { judgeChoice, shareOf, type Verdict } from "./judge-choice.ts";
import { prepareExample, tuneExample } from "./tune-example.ts";

/** Sizes of the dense sweep, in MB: four to a doubling up to 512 MB, where the default examples are cheapest, and fewer above. */
export const sweepSizesMb = [128, 152, 180, 216, 256, 304, 362, 430, 512, 768, 1024, 1536, 1769, 2304, 3008] as const;

/** How the benchmark runs. */
export interface ExamplesOptions {
  /** Folders of `examples/`. */
  readonly examples: readonly string[];
  /** Adaptive runs of each example, with the seeds 1 up to this. */
  readonly seeds: number;
  /** Warm invocations of each size in each of the sweep's two passes. */
  readonly invocationsPerSize: number;
  readonly sizesMb: readonly number[];
  /** Told what is being done. */
  readonly say: (text: string) => void;
}

/** One adaptive run and its choice, judged. */
export interface ExampleRun extends Verdict {
  readonly seed: number;
  /** Absent when the run could recommend nothing. */
  readonly memorySizeMb?: number;
  readonly conclusive?: boolean;
  readonly invocations: number;
  readonly rounds: number;
}

/**
 * What was measured of one example.
 *
 * The best is the lowest of several noisy means, which lies a little below the truth: where the curve is flat, an
 * excess is overstated, and the share with ties is the fairer one.
 */
export interface ExampleResult {
  readonly name: string;
  readonly denseSweep: readonly SweepPoint[];
  readonly bestMb: number;
  readonly runs: readonly ExampleRun[];
  readonly within5PercentShare?: number;
  /** Runs within 5 percent or tied with the best by the sweep's own intervals. */
  readonly within5PercentOrTiedShare?: number;
}

/** The benchmark's result; shares are those of all runs of all examples. */
export interface ExamplesReport {
  readonly invocationsPerSize: number;
  readonly examples: readonly ExampleResult[];
  readonly within5PercentShare?: number;
  readonly within5PercentOrTiedShare?: number;
}

/**
 * Compares what `adaptive` chooses with the best of a dense fixed sweep, on real code in the real engine.
 *
 * Figures of a machine, not of a law: other work on it shows in both the sweep and the runs.
 */
export const benchmarkExamples = async (options: ExamplesOptions): Promise<ExamplesReport> => {
  const examples: ExampleResult[] = [];
  // One after another: two examples at once would slow each other down.
  const prepared = await Promise.all(options.examples.map(async (name) => ({ name, run: await prepareExample(name) })));
  for (const { name, run } of prepared) examples.push(await benchmarkExample(name, run, options));
  const { invocationsPerSize } = options;
  return { invocationsPerSize, examples, ...sharesOf(examples.flatMap(({ runs }) => runs)) };
};

const benchmarkExample = async (name: string, run: PreparedRun, options: ExamplesOptions): Promise<ExampleResult> => {
  const { seeds, say } = options;
  // One pass before the runs and one after them: what drifts meanwhile weighs on the sweep as on the runs.
  say(`${name}: dense sweep, pass 1 of 2`);
  const before = await sweepPass(run, options, 1);
  const chosen: Omit<ExampleRun, keyof Verdict>[] = [];
  for (let seed = 1; seed <= seeds; seed++) {
    chosen.push(await adaptiveRun(run, seed));
    say(`${name}: seed ${seed} of ${seeds} chose ${chosen.at(-1)?.memorySizeMb ?? "no"} MB`);
  }
  say(`${name}: dense sweep, pass 2 of 2`);
  const denseSweep = sweepOf([before, await sweepPass(run, options, 2)]);
  const runs = chosen.map((choice) => ({ ...choice, ...judgeChoice(denseSweep, choice.memorySizeMb) }));
  return { name, denseSweep, bestMb: cheapestOf(denseSweep).memorySizeMb, runs, ...sharesOf(runs) };
};

const sweepPass = async (
  run: PreparedRun,
  { sizesMb, invocationsPerSize }: ExamplesOptions,
  seed: number,
): Promise<readonly MeasurementSummary[]> => {
  const report = await tuneExample(run, {
    seed,
    memory: { sizesMb },
    // All at once, or what drifts weighs on the sizes that are measured last.
    sampling: { method: "fixed", invocationsPerSize, concurrency: sizesMb.length },
  });
  return report.measurements;
};

const adaptiveRun = async (run: PreparedRun, seed: number): Promise<Omit<ExampleRun, keyof Verdict>> => {
  const report = await tuneExample(run, { seed, sampling: { method: "adaptive" } });
  const { invocations, rounds } = report.run;
  if (report.recommendation === undefined) return { seed, invocations, rounds };
  const { memorySizeMb, conclusive } = report.recommendation;
  return { seed, memorySizeMb, conclusive, invocations, rounds };
};

const sharesOf = (
  runs: readonly Verdict[],
): Pick<ExamplesReport, "within5PercentShare" | "within5PercentOrTiedShare"> => {
  const within5PercentShare = shareOf(runs, ({ within5Percent }) => within5Percent);
  const within5PercentOrTiedShare = shareOf(runs, ({ within5Percent, tied }) => within5Percent || tied);
  return within5PercentShare === undefined || within5PercentOrTiedShare === undefined
    ? {}
    : { within5PercentShare, within5PercentOrTiedShare };
};
