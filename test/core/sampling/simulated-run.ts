import { SimulatedPlatform } from "../../../bench/sampling/platform.ts";
import type { SimulatedFunction } from "../../../bench/sampling/simulated-function.ts";
import { decodeSamples, encodeSamples } from "../../../core/invocation/sample-codec.ts";
import { chooseSize, type SizeChoice } from "../../../core/recommendation/choose-size.ts";
import type { SizeMeasurement } from "../../../core/run/measurement.ts";
import type { Decision, Job, SamplingContext, StopReason } from "../../../core/sampling/decision.ts";
import { nextRound } from "../../../core/sampling/next-round.ts";

/** A quiet function that takes 100 ms at any size, but for what the facts say; its platform adds no noise of its own. */
export const simulatedFunction = (facts: Partial<SimulatedFunction> = {}): SimulatedFunction => ({
  id: "simulated",
  group: "simulated",
  family: "simulated",
  weight: 1,
  currentMb: 1024,
  memoryUsedMb: 60,
  payloadShares: [1],
  hostSd: 0,
  initMs: 100,
  coldFactor: 1,
  autocorrelation: 0,
  durationMs: () => 100,
  ...facts,
});

/** All that sampling decided in a run, and what it was told before. */
export interface SimulatedRun {
  readonly context: SamplingContext;
  readonly steps: readonly { readonly measurements: readonly SizeMeasurement[]; readonly decision: Decision }[];
  readonly jobs: readonly (readonly Job[])[];
  readonly measurements: readonly SizeMeasurement[];
  readonly stopped: StopReason;
  readonly choice: SizeChoice | undefined;
  readonly invocations: number;
}

/** Rounds after which a run that does not end by itself is a defect. */
const roundsAtMost = 50;

/**
 * Drives sampling against a simulated function until it ends, then chooses a size.
 *
 * @param seen - What becomes of a measurement before sampling sees it: for findings that the platform does not simulate.
 */
export const simulatedRun = (
  context: SamplingContext,
  simulated: SimulatedFunction,
  seen: (measurement: SizeMeasurement) => SizeMeasurement = (measurement) => measurement,
): SimulatedRun => {
  const platform = new SimulatedPlatform(simulated, context.seed);
  const steps: { measurements: readonly SizeMeasurement[]; decision: Decision }[] = [];
  const jobs = (): Job[][] =>
    steps.flatMap(({ decision }) => (decision.kind === "measure" ? [[...decision.jobs]] : []));
  for (let round = 0; round < roundsAtMost; round++) {
    const measurements = platform.measurements.map((size) => seen(withForcedColdStarts(size, jobs().flat())));
    const decision = nextRound(context, measurements, round);
    steps.push({ measurements, decision });
    if (decision.kind === "done") {
      return {
        context,
        steps,
        jobs: jobs(),
        measurements,
        stopped: decision.reason,
        choice: chooseSize(context, measurements, decision.reason),
        invocations: measurements.reduce((sum, size) => sum + size.invocations, 0),
      };
    }
    platform.measure(decision.jobs);
  }
  throw new RangeError(`Expected the run to end within ${roundsAtMost} rounds.`);
};

/** The simulated platform does not make the cold starts that a job forces: here they are like the first one of the size. */
const withForcedColdStarts = (size: SizeMeasurement, jobs: readonly Job[]): SizeMeasurement => {
  const forced = jobs
    .filter(({ memorySizeMb }) => memorySizeMb === size.memorySizeMb)
    .reduce((sum, { cold }) => sum + cold, 0);
  const samples = decodeSamples(size.samples);
  const more = Array.from({ length: forced }, () => samples.slice(0, 1)).flat();
  return { ...size, samples: encodeSamples([...more, ...samples]), invocations: size.invocations + forced };
};

/** Paths of all numbers within a value that are not finite. */
export const notFinite = (value: unknown, path = ""): string[] => {
  if (typeof value === "number") return Number.isFinite(value) ? [] : [`${path} = ${value}`];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, member]) => notFinite(member, `${path}.${key}`));
};
