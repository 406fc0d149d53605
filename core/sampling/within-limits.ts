import { requestLimits } from "../request/limits.ts";
import type { Decision, Job, SamplingContext } from "./decision.ts";
import { environmentsOf, forcedColdStarts } from "./forced-cold-starts.ts";
import type { SizeObservation } from "./observe-sizes.ts";
import { invocationCharge, invocationLimit, spendSoFar } from "./spend.ts";

/**
 * Cuts a round down to what the request's limits of invocations and dollars leave, or ends sampling there.
 *
 * Charges are foreseen from what a size, or else the nearest one, has cost so far. Before anything is known only the
 * limit of invocations binds: Measure holds the one of dollars. Each forced cold start takes a version: once a run has as
 * many as it may publish, further sizes are measured without.
 */
export const withinLimits = (
  context: SamplingContext,
  observations: readonly SizeObservation[],
  decision: Decision,
): Decision => {
  if (decision.kind === "done") return decision;
  const spent = spendSoFar(observations, context);
  let invocationsLeft = invocationLimit(context) - spent.invocations;
  let usdLeft = (context.budget.maxUsd ?? Number.POSITIVE_INFINITY) - spent.chargeUsd;
  let versionsLeft =
    requestLimits.versions - observations.reduce((sum, size) => sum + 1 + forcedColdStarts(context, size), 0);
  const jobs: Job[] = [];
  for (const wanted of decision.jobs) {
    const job = { ...wanted, cold: Math.max(0, Math.min(wanted.cold, versionsLeft - 1)) };
    const overhead = coldCalls(job, observations);
    const charge = expectedCharge(context, observations, job.memorySizeMb);
    const affordable = Math.floor(Math.min(invocationsLeft, usdLeft / charge)) - overhead;
    const warm = Math.min(job.warm, affordable);
    if (warm < 1) continue;
    jobs.push({ ...job, warm });
    invocationsLeft -= warm + overhead;
    usdLeft -= (warm + overhead) * charge;
    versionsLeft -= 1 + job.cold;
  }
  if (jobs.length > 0) return { kind: "measure", jobs };
  const isOutOfInvocations = decision.jobs.every((job) => invocationsLeft - coldCalls(job, observations) < 1);
  return { kind: "done", reason: isOutOfInvocations ? "invocation-limit" : "spend-limit" };
};

/** Calls that start an environment: those asked for, and those of new lanes. */
const coldCalls = (job: Job, observations: readonly SizeObservation[]): number =>
  job.cold + firstCalls(job, observations);

/** The first call of every lane that the size does not have yet: it starts the lane's environment. */
export const firstCalls = ({ memorySizeMb, lanes }: Job, observations: readonly SizeObservation[]): number => {
  const size = observations.find((observation) => observation.memorySizeMb === memorySizeMb);
  return Math.max(0, lanes - (size === undefined ? 0 : environmentsOf(size.all)));
};

/** USD of one invocation; next to nothing before any size has run. */
const expectedCharge = (
  context: SamplingContext,
  observations: readonly SizeObservation[],
  memorySizeMb: number,
): number => {
  const known = observations
    .filter((size) => size.all.length > 0)
    .toSorted((a, b) => distance(a.memorySizeMb, memorySizeMb) - distance(b.memorySizeMb, memorySizeMb))[0];
  if (known === undefined) return context.usdPerRequest;
  const billed = known.all.reduce((sum, sample) => sum + sample.billedMs, 0) / known.all.length;
  return invocationCharge(memorySizeMb, billed, context);
};

const distance = (a: number, b: number): number => Math.abs(Math.log(a / b));
