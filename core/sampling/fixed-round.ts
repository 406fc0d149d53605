import { fixedSizes } from "./allowed-sizes.ts";
import type { Decision, Job, SamplingContext, StopReason } from "./decision.ts";
import { foreseenBilledMs } from "./foreseen-billed-ms.ts";
import { observeSizes, type SizeObservation, usableSizes } from "./observe-sizes.ts";
import { invocationCharge, invocationLimit, spendSoFar } from "./spend.ts";
import type { SizeMeasurement } from "../run/measurement.ts";

/** Warm invocations per size when the request does not say. */
const invocationsByPreset = { quick: 10, standard: 30, thorough: 100 } as const;

/** Warm calls that a lane should make, so that its cold call is a small part of what it costs. */
const warmCallsPerLane = 10;

/**
 * Method `fixed`: every size of the request equally often, in one round.
 *
 * The round is made smaller when it would exceed the request's limit of invocations: first fewer calls, then fewer sizes.
 */
export const fixedRound = (
  context: SamplingContext,
  measurements: readonly SizeMeasurement[],
  round: number,
): Decision => {
  if (round > 0) return { kind: "done", reason: fixedStopReason(context, measurements) };
  const jobs = fixedJobs(context);
  return jobs.length === 0 ? { kind: "done", reason: "no-usable-size" } : { kind: "measure", jobs };
};

const warmCallsWanted = ({ sampling }: SamplingContext): number =>
  sampling.invocationsPerSize ?? invocationsByPreset[sampling.preset];

const fixedJobs = (context: SamplingContext): Job[] => {
  const limit = invocationLimit(context);
  const cold = context.sampling.coldStarts;
  const wanted = fixedSizes(context);
  // Every size costs a cold call before its first warm one.
  const sizes = spread(wanted, Math.max(1, Math.floor(limit / 2)));
  const perSize = Math.floor(limit / Math.max(1, sizes.length));
  const warm = Math.max(1, Math.min(warmCallsWanted(context), perSize - 1 - cold));
  const coldWanted = Math.max(0, Math.min(cold, perSize - 1 - warm));
  const lanesAffordable = Math.max(1, perSize - warm - coldWanted);
  const lanesUseful = Math.max(1, Math.floor(warm / warmCallsPerLane));
  const lanesAtOnce = Math.max(1, Math.floor(context.sampling.concurrency / Math.max(1, sizes.length)));
  const lanes = Math.min(lanesAffordable, lanesUseful, lanesAtOnce);
  return sizes.map((memorySizeMb) => ({ memorySizeMb, warm, cold: coldWanted, lanes }));
};

const fixedStopReason = (context: SamplingContext, measurements: readonly SizeMeasurement[]): StopReason => {
  const observations = observeSizes(measurements);
  const usable = usableSizes(observations);
  if (usable.length === 0) return "no-usable-size";
  if (observations.some((size) => isCutShort(context, size))) return "spend-limit";
  const wanted = warmCallsWanted(context);
  const complete = usable.every((size) => size.warm.length >= wanted);
  if (complete) return "plan-complete";
  const [planned] = fixedJobs(context);
  return planned !== undefined && planned.warm < wanted ? "invocation-limit" : "plan-complete";
};

/** Whether a size lacks calls that its share of the dollars does not hold. */
const isCutShort = (context: SamplingContext, size: SizeObservation): boolean => {
  const { maxUsd } = context.budget;
  const jobs = fixedJobs(context);
  const job = jobs.find(({ memorySizeMb }) => memorySizeMb === size.memorySizeMb);
  if (maxUsd === undefined || job === undefined || size.outcome !== "measured") return false;
  const next = invocationCharge(size.memorySizeMb, foreseenBilledMs(size.all, "warm") ?? 0, context);
  return size.warm.length < job.warm && spendSoFar([size], context).chargeUsd + next > maxUsd / jobs.length;
};

/** At most `atMost` of the sizes, spread evenly over them. */
const spread = (sizes: readonly number[], atMost: number): readonly number[] =>
  sizes.length <= atMost
    ? sizes
    : sizes.filter(
        (_, index) => Math.floor((index * atMost) / sizes.length) !== Math.floor(((index - 1) * atMost) / sizes.length),
      );
