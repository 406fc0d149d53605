import type { Decision, Job, SamplingContext } from "./decision.ts";
import type { SizeObservation } from "./observe-sizes.ts";
import { invocationCharge, invocationLimit, spendSoFar } from "./spend.ts";

/**
 * Cuts a round down to what the request's limits of invocations and dollars leave, or ends sampling there.
 *
 * Charges are foreseen from what a size, or else the nearest one, has cost so far. Before anything is known only the
 * limit of invocations binds: Measure holds the one of dollars.
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
  const jobs: Job[] = [];
  for (const job of decision.jobs) {
    const overhead = coldCalls(job, observations);
    const charge = expectedCharge(context, observations, job.memorySizeMb);
    const affordable = Math.floor(Math.min(invocationsLeft, usdLeft / charge)) - overhead;
    const warm = Math.min(job.warm, affordable);
    if (warm < 1) continue;
    jobs.push({ ...job, warm });
    invocationsLeft -= warm + overhead;
    usdLeft -= (warm + overhead) * charge;
  }
  if (jobs.length > 0) return { kind: "measure", jobs };
  const isOutOfInvocations = decision.jobs.every((job) => invocationsLeft - coldCalls(job, observations) < 1);
  return { kind: "done", reason: isOutOfInvocations ? "invocation-limit" : "spend-limit" };
};

/** Calls that start an environment: those asked for, and the first one of every lane that the size does not have yet. */
export const coldCalls = ({ memorySizeMb, cold, lanes }: Job, observations: readonly SizeObservation[]): number => {
  const size = observations.find((observation) => observation.memorySizeMb === memorySizeMb);
  const known = size === undefined ? 0 : Math.max(1, new Set(size.all.map(({ lane }) => lane)).size);
  return cold + Math.max(0, lanes - known);
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
