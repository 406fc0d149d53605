import type { SizeMeasurement } from "../run/measurement.ts";
import { allowedSizes } from "./allowed-sizes.ts";
import { payloadCalls } from "./call-counts.ts";
import { startingSizes } from "./candidate-sizes.ts";
import type { Decision, Job, SamplingContext } from "./decision.ts";
import { explore } from "./explore.ts";
import { type ExplorationState, explorationState } from "./exploration-state.ts";
import { finalRace } from "./final-race.ts";
import { forcedColdStarts } from "./forced-cold-starts.ts";
import { memoryFloorMb } from "./memory-floor.ts";
import { newSizeJob } from "./new-size-job.ts";
import { observeSizes, type SizeObservation, usableSizes } from "./observe-sizes.ts";
import { type Allowance, allowanceOf, type Preset, presets } from "./presets.ts";
import { sloRound } from "./slo-round.ts";
import { speedRound } from "./speed-round.ts";
import { firstCalls, withinLimits } from "./within-limits.ts";

/** Rounds kept at the end for racing the best sizes, when exploration would take them all. */
const roundsForRacing = 2;

/** Factors over the memory floor that are tried when fewer than two sizes have run. */
const rescueFactors = [1.06, 1.3, 1.7, 3] as const;

/**
 * Method `adaptive`: a few anchors first, then what the objective asks for.
 *
 * `cost` and `balanced` weigh charge against duration: wherever another measurement is worth most, by its knowledge gradient
 * under a Gaussian process over log memory, then a race of the best. `speed` and `slo` ask for the cheapest size that keeps a
 * condition: see {@link speedRound} and {@link sloRound}.
 */
export const adaptiveRound = (
  context: SamplingContext,
  measurements: readonly SizeMeasurement[],
  round: number,
): Decision => {
  const preset = presets[context.sampling.preset];
  const observations = observeSizes(measurements);
  const decision = round === 0 ? firstRound(context, preset) : furtherRound(context, preset, observations, round);
  return withinLimits(context, observations, decision);
};

const firstRound = (context: SamplingContext, preset: Preset): Decision => {
  const warm = Math.max(preset.calls.least, payloadCalls(context));
  const jobs = startingSizes(context, preset.anchorsMb).map((memorySizeMb) => newSizeJob(context, memorySizeMb, warm));
  return jobs.length === 0 ? { kind: "done", reason: "no-usable-size" } : { kind: "measure", jobs };
};

const furtherRound = (
  context: SamplingContext,
  preset: Preset,
  observations: readonly SizeObservation[],
  round: number,
): Decision => {
  const usable = usableSizes(observations);
  const floorMb = Math.max(allowedSizes(context).minMb, memoryFloorMb(observations));
  const allowance = allowanceOf(context);
  const spent = { round, invocations: chosenInvocations(context, observations) };
  const atCap = round >= allowance.rounds || spent.invocations >= allowance.invocations;
  if (usable.filter((size) => size.memorySizeMb >= floorMb).length < 2) {
    const jobs = atCap
      ? []
      : rescue(context, observations, floorMb).map((mb) => newSizeJob(context, mb, preset.calls.least));
    if (jobs.length > 0) return { kind: "measure", jobs };
    return { kind: "done", reason: usable.length > 0 ? "converged" : "no-usable-size" };
  }
  const state = explorationState(context, observations, floorMb);
  const wanted = wantedJobs(state, usable, allowance, spent);
  if (wanted.length === 0) return { kind: "done", reason: "converged" };
  const jobs = atCap ? [] : affordable(wanted, allowance.invocations - spent.invocations, observations);
  if (jobs.length > 0) return { kind: "measure", jobs };
  // A cheap function is measured on beyond what settles the question, up to the preset's limits.
  const strict = { ...state, impatience: state.strictImpatience };
  const isSettled = wantedJobs(strict, usable, allowance, spent).length === 0;
  const limit = round >= allowance.rounds ? "round-limit" : "invocation-limit";
  return { kind: "done", reason: isSettled ? "converged" : limit };
};

/** What the objective would measure next; nothing when it has its answer. */
const wantedJobs = (
  state: ExplorationState,
  usable: readonly SizeObservation[],
  allowance: Allowance,
  spent: { readonly round: number; readonly invocations: number },
): Job[] => {
  switch (state.context.objective.kind) {
    case "speed":
      return speedRound(state);
    case "slo":
      return sloRound(state, usable, allowance.invocations - spent.invocations);
    default: {
      const mayExplore = spent.round < allowance.rounds - roundsForRacing && spent.invocations < allowance.invocations;
      const exploring = mayExplore ? explore(state) : [];
      return exploring.length > 0 ? exploring : finalRace(state);
    }
  }
};

/** As many of the jobs as the preset's invocations allow, in their order of worth. */
const affordable = (jobs: readonly Job[], left: number, observations: readonly SizeObservation[]): Job[] => {
  let used = 0;
  return jobs.filter((job) => {
    const needed = job.warm + firstCalls(job, observations);
    if (used + needed > left) return false;
    used += needed;
    return true;
  });
};

/** Sizes to try when nearly all so far were too small. */
const rescue = (context: SamplingContext, observations: readonly SizeObservation[], floorMb: number): number[] => {
  const { listMb, maxMb } = allowedSizes(context);
  const wanted = rescueFactors.map((factor) => Math.ceil(floorMb * factor)).filter((mb) => mb <= maxMb);
  const sizes = listMb?.filter((mb) => mb >= floorMb) ?? wanted;
  return sizes
    .filter((mb) => observations.every((size) => Math.abs(Math.log(size.memorySizeMb / mb)) > 0.05))
    .slice(0, 2);
};

/** Invocations that count against what the preset allows: all but the cold starts that the request forces. */
const chosenInvocations = (context: SamplingContext, observations: readonly SizeObservation[]): number =>
  observations.reduce((total, size) => total + size.invocations - forcedColdStarts(context, size), 0);
