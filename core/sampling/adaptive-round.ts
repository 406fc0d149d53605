import type { SizeMeasurement } from "../run/measurement.ts";
import { allowedSizes } from "./allowed-sizes.ts";
import { payloadCalls } from "./call-counts.ts";
import { startingSizes } from "./candidate-sizes.ts";
import type { Decision, Job, SamplingContext } from "./decision.ts";
import { explore } from "./explore.ts";
import { type ExplorationState, explorationState } from "./exploration-state.ts";
import { finalRace } from "./final-race.ts";
import { memoryFloorMb } from "./memory-floor.ts";
import { observeSizes, type SizeObservation, usableSizes } from "./observe-sizes.ts";
import { type Preset, presets } from "./presets.ts";
import { withinLimits } from "./within-limits.ts";

/** Rounds kept at the end for racing the best sizes, when exploration would take them all. */
const roundsForRacing = 2;

/** Factors over the memory floor that are tried when fewer than two sizes have run. */
const rescueFactors = [1.06, 1.3, 1.7, 3] as const;

/**
 * Method `adaptive` for the objectives that weigh charge against duration: a few anchors first, then wherever another
 * measurement is worth most, then a race of the best.
 *
 * The worth of a measurement is its knowledge gradient under a Gaussian process over log memory.
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
  const jobs = startingSizes(context, preset.anchorsMb).map((memorySizeMb) => jobOf(memorySizeMb, warm, context));
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
  const atCap = round >= preset.rounds || sum(observations) >= preset.invocations;
  if (usable.filter((size) => size.memorySizeMb >= floorMb).length < 2) {
    const jobs = atCap
      ? []
      : rescue(context, observations, floorMb).map((mb) => jobOf(mb, preset.calls.least, context));
    if (jobs.length > 0) return { kind: "measure", jobs };
    return { kind: "done", reason: usable.length > 0 ? "converged" : "no-usable-size" };
  }
  const state = explorationState(context, observations, floorMb);
  const mayExplore = !atCap && round < preset.rounds - roundsForRacing;
  const wanted = wantedJobs(state, mayExplore);
  if (wanted.length === 0) return { kind: "done", reason: "converged" };
  const jobs = atCap ? [] : affordable(wanted, preset.invocations - sum(observations), observations);
  if (jobs.length > 0) return { kind: "measure", jobs };
  // A cheap function is measured on beyond what settles the question, up to the preset's limits.
  const strict = { ...state, impatience: state.strictImpatience };
  return { kind: "done", reason: wantedJobs(strict, mayExplore).length === 0 ? "converged" : "round-limit" };
};

const wantedJobs = (state: ExplorationState, mayExplore: boolean): Job[] => {
  const exploring = mayExplore ? explore(state) : [];
  return exploring.length > 0 ? exploring : finalRace(state);
};

/** As many of the jobs as the preset's invocations allow, in their order of worth. */
const affordable = (jobs: readonly Job[], left: number, observations: readonly SizeObservation[]): Job[] => {
  let used = 0;
  return jobs.filter((job) => {
    const isNew = observations.every(({ memorySizeMb }) => memorySizeMb !== job.memorySizeMb);
    const needed = job.warm + job.cold + (isNew ? job.lanes : 0);
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

const jobOf = (memorySizeMb: number, warm: number, { sampling }: SamplingContext): Job => ({
  memorySizeMb,
  warm,
  cold: sampling.coldStarts,
  lanes: 1,
});

const sum = (observations: readonly SizeObservation[]): number =>
  observations.reduce((total, { invocations }) => total + invocations, 0);
