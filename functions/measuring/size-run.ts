import type { Outcome } from "../../core/run/measurement.ts";
import type { Start } from "../../core/sampling/foreseen-billed-ms.ts";
import { seededGenerator } from "../../core/statistics/seeded-generator.ts";
import type { HandlerContext } from "../handler-context.ts";
import { type BackOff, createBackOff } from "./back-off.ts";
import type { MeasureInput, MeasureProgress } from "./measure-input.ts";
import type { PayloadSource } from "./payload-source.ts";
import { createSizeTally, type SizeTally } from "./size-tally.ts";
import { createSpendLimit, type SpendLimit } from "./spend-limit.ts";
import { type EarlyStop, earlyStop, outcomeOf } from "./stop-rule.ts";
import { timeIsOver } from "./time-is-over.ts";
import { createTimeLimit, type TimeLimit } from "./time-limit.ts";

/** What all lanes of one size share while it is measured. */
export interface SizeRun {
  readonly input: MeasureInput;
  readonly payloads: PayloadSource;
  readonly tally: SizeTally;
  readonly backOff: BackOff;
  readonly time: TimeLimit;
  readonly spending: SpendLimit;
  readonly signal: AbortSignal;
  /** The next place in the sequence of payloads, for warm invocations. */
  place: number;
  /** Warm invocations under way. */
  warmInFlight: number;
  /** Cold starts still to force. */
  coldLeft: number;
  usedVersions: number;
  /** Whether an invocation outlasted this function. */
  tooSlow: boolean;
}

/** Invocations beyond the job's own that failures and cold starts may cost. */
const spareInvocations = 8;

/** Prepares a run, or the continuation of an earlier call's. */
export const createSizeRun = (input: MeasureInput, payloads: PayloadSource, context: HandlerContext): SizeRun => {
  const { job, target, request, progress } = input;
  const todo = progress?.remaining ?? job;
  const tally = createSizeTally(job.memorySizeMb, progress?.measurement);
  return {
    input,
    payloads,
    tally,
    backOff: createBackOff(seededGenerator(request.seed + job.memorySizeMb)),
    time: createTimeLimit(() => context.getRemainingTimeInMillis(), target.original.timeoutSeconds * 1000),
    spending: createSpendLimit(input, tally),
    signal: context.signal ?? new AbortController().signal,
    place: todo.firstPayload,
    warmInFlight: 0,
    coldLeft: todo.cold,
    usedVersions: progress?.usedVersions ?? 0,
    tooSlow: false,
  };
};

/** Warm samples still wanted, those under way aside. */
export const warmLeft = ({ tally, input, warmInFlight }: SizeRun): number =>
  input.job.warm - tally.samples.filter(({ cold, status }) => !cold && status === "ok").length - warmInFlight;

/** Whether another invocation may be sent now. */
export const mayGoOn = (run: SizeRun, start: Start): boolean =>
  !run.signal.aborted && isWorthwhile(run) && isAffordable(run, start) && run.time.mayStart();

/** What the run came to so far. */
export const progressOf = (run: SizeRun, tunerGbSeconds: number): MeasureProgress => {
  const { tally, input } = run;
  const remaining = remainingJob(run);
  return {
    measurement: tally.measurement(outcomeSoFar(run)),
    ...(remaining === undefined ? {} : { remaining }),
    usedVersions: run.usedVersions,
    calls: (input.progress?.calls ?? 0) + 1,
    tunerGbSeconds: (input.progress?.tunerGbSeconds ?? 0) + tunerGbSeconds,
  };
};

const outcomeSoFar = (run: SizeRun): Outcome => {
  const { samples } = run.tally;
  return stopOf(run) ?? outcomeOf(samples, unmeasured(run), run.backOff.isExhausted);
};

/** What our own deadline kept from being done; nothing when the job is over for another reason. */
const remainingJob = (run: SizeRun): MeasureProgress["remaining"] => {
  const warm = Math.max(0, warmLeft(run));
  if (!isWorthwhile(run) || (warm === 0 && run.coldLeft === 0)) return undefined;
  if (!isAffordable(run, warm > 0 ? "warm" : "cold")) return undefined;
  return { ...run.input.job, warm, cold: run.coldLeft, firstPayload: run.place };
};

const isAffordable = ({ spending }: SizeRun, start: Start): boolean => spending.affordable(start) >= 1;

/** Whether another invocation is wanted, this call's own time and money aside. */
const isWorthwhile = (run: SizeRun): boolean => {
  const { tally, input, backOff } = run;
  const { warm, cold, lanes } = input.job;
  if (backOff.isExhausted || stopOf(run) !== undefined || timeIsOver(input.limits)) return false;
  return tally.invocations < 2 * warm + cold + 2 * lanes + spareInvocations;
};

const stopOf = (run: SizeRun): EarlyStop | undefined =>
  run.tooSlow ? "timed-out" : earlyStop(run.tally.samples, unmeasured(run));

const unmeasured = ({ tally }: SizeRun): number => tally.invocations - tally.samples.length;
