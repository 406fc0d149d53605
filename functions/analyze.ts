import { AccessDeniedError } from "../core/errors/access-denied-error.ts";
import { AllSizesFailedError } from "../core/errors/all-sizes-failed-error.ts";
import { transitionsOfRound } from "../core/planning/transitions.ts";
import type { SizeMeasurement } from "../core/run/measurement.ts";
import { samplingContextOf } from "../core/run/sampling-context.ts";
import type { Target } from "../core/run/target.ts";
import type { Decision } from "../core/sampling/decision.ts";
import { nextRound } from "../core/sampling/next-round.ts";
import { judgeFailures } from "../core/sampling/occasional-failures.ts";
import { judgeTimeouts } from "../core/sampling/occasional-timeouts.ts";
import { mergeMeasurements } from "./analyzing/merge-measurements.ts";
import { type ExecutionState, executionStateSchema } from "./execution-state.ts";
import type { HandlerContext } from "./handler-context.ts";
import { timeIsOver } from "./measuring/time-is-over.ts";
import { dispatchRound } from "./planning/dispatch-round.ts";

/** Whatever a method of sampling thinks: the history of an execution has room for so many rounds. */
const mostRounds = 40;

/**
 * Analyze: adds the round's samples to the run's, and decides whether another round follows.
 *
 * @throws {@link AllSizesFailedError} when sampling is over and no size could be measured.
 */
export const handler = async (event: unknown, _context: HandlerContext): Promise<ExecutionState> => {
  const { provisioned, measured, ...before } = executionStateSchema.parse(event);
  const unavailable = provisioned?.unavailable ?? before.unavailable;
  const round = (measured ?? []).map(({ measurement }) => withReason(measurement, unavailable));
  const state: ExecutionState = {
    ...before,
    target: withQuota(before.target, unavailable),
    versions: provisioned?.versions ?? before.versions,
    unavailable,
    measurements: judgeFailures(judgeTimeouts(mergeMeasurements(before.measurements, round))),
    overhead: {
      transitions:
        before.overhead.transitions +
        transitionsOfRound(
          provisioned?.calls ?? 1,
          (measured ?? []).map(({ calls }) => calls ?? 1),
        ),
      tunerGbSeconds:
        before.overhead.tunerGbSeconds +
        (provisioned?.tunerGbSeconds ?? 0) +
        (measured ?? []).reduce((sum, { tunerGbSeconds }) => sum + (tunerGbSeconds ?? 0), 0),
    },
  };
  return decided(state, decide(state));
};

const decide = (state: ExecutionState): Decision => {
  if (state.round >= mostRounds) return { kind: "done", reason: "round-limit" };
  const decision = nextRound(samplingContextOf(state), state.measurements, state.round);
  // A fixed plan has one round, which the end of the time may have cut short.
  const isUnfinished = decision.kind === "measure" || decision.reason === "plan-complete";
  return isUnfinished && timeIsOver(state.limits) ? { kind: "done", reason: "time-limit" } : decision;
};

const decided = (state: ExecutionState, decision: Decision): ExecutionState => {
  if (decision.kind === "measure") {
    return { ...state, round: state.round + 1, next: "measure", ...dispatchRound(state, decision.jobs) };
  }
  if (!state.measurements.some(({ outcome }) => outcome === "measured")) throw nothingMeasured(state);
  return { ...state, jobs: [], stopped: decision.reason, next: "finish" };
};

const nothingMeasured = ({ target, measurements }: ExecutionState): Error => {
  const errors = measurements.flatMap((measurement) => measurement.errors);
  return errors.length > 0 && errors.every(({ type }) => type === "AccessDeniedException")
    ? new AccessDeniedError("lambda:InvokeFunction", `${target.functionArn}:*`)
    : new AllSizesFailedError(target.functionArn, exampleOf(measurements));
};

/** The function's own error at the largest size: there it is least likely to be about memory. */
const exampleOf = (measurements: readonly SizeMeasurement[]): string | undefined => {
  const last = measurements.findLast(({ errors }) => errors.length > 0);
  const [error] = last?.errors ?? [];
  if (error !== undefined) return `${error.type}: ${error.example}`;
  return measurements.some(({ outcome }) => outcome === "throttled") ? "every invocation was throttled." : undefined;
};

/** Provision says why a size has no version; the size's finding repeats it. */
const withReason = (measurement: SizeMeasurement, unavailable: ExecutionState["unavailable"]): SizeMeasurement => {
  const reason = unavailable.find(({ memorySizeMb }) => memorySizeMb === measurement.memorySizeMb)?.reason;
  if (measurement.outcome !== "unavailable" || reason === undefined) return measurement;
  return { ...measurement, errors: [{ type: "Unavailable", count: 1, example: reason }] };
};

/** Lambda names the account's memory quota when it refuses a size: no larger one is tried again. */
const withQuota = (target: Target, unavailable: ExecutionState["unavailable"]): Target => {
  const quotas = unavailable.flatMap(({ reason }) => {
    const [, mb] = /less than or equal to (\d{3,5})/.exec(reason) ?? [];
    return mb === undefined ? [] : [Number(mb)];
  });
  return quotas.length === 0 ? target : { ...target, maxMemoryMb: Math.min(...quotas) };
};
