import type { HistoryEvent } from "@aws-sdk/client-sfn";
import type { HostEvent, HostState } from "../../../local/endpoint/execution-host.ts";

/** Reads the events of a history in their order; knows which state each task belongs to. */
export class HistoryReader {
  readonly #enteredBefore = new Map<number, HostState>();

  /** @returns What the event says in the words of the local engine; absent for those that say nothing to anybody. */
  read(event: HistoryEvent): HostEvent | undefined {
    const state = enteredState(event) ?? this.#enteredBefore.get(event.previousEventId ?? 0);
    if (state !== undefined && event.id !== undefined) this.#enteredBefore.set(event.id, state);
    return stateEvent(event) ?? iterationEvent(event) ?? failureEvent(event, state);
  }
}

/** Whether an event ends the execution. */
export const isEnd = ({ type }: HistoryEvent): boolean =>
  type === "ExecutionSucceeded" ||
  type === "ExecutionFailed" ||
  type === "ExecutionAborted" ||
  type === "ExecutionTimedOut";

const stateTypes = ["Task", "Pass", "Choice", "Wait", "Map", "Parallel", "Succeed", "Fail"] as const;

const typeOf = ({ type }: HistoryEvent): HostState["type"] | undefined =>
  stateTypes.find((known) => type === `${known}StateEntered` || type === `${known}StateExited`);

const enteredState = (event: HistoryEvent): HostState | undefined => {
  const type = typeOf(event);
  const name = event.stateEnteredEventDetails?.name;
  return type === undefined || name === undefined ? undefined : { name, type };
};

const stateEvent = (event: HistoryEvent): HostEvent | undefined => {
  const entered = enteredState(event);
  if (entered !== undefined) {
    return { kind: "state-entered", state: entered, input: parsed(event.stateEnteredEventDetails?.input) };
  }
  const type = typeOf(event);
  const name = event.stateExitedEventDetails?.name;
  if (type === undefined || name === undefined) return undefined;
  return { kind: "state-exited", state: { name, type }, output: parsed(event.stateExitedEventDetails?.output) };
};

const iterationEvent = (event: HistoryEvent): HostEvent | undefined => {
  const iterations = {
    "iteration-started": event.mapIterationStartedEventDetails,
    "iteration-succeeded": event.mapIterationSucceededEventDetails,
    "iteration-failed": event.mapIterationFailedEventDetails,
  } as const;
  for (const kind of ["iteration-started", "iteration-succeeded", "iteration-failed"] as const) {
    const { name, index } = iterations[kind] ?? {};
    if (name !== undefined && index !== undefined) return { kind, state: { name, type: "Map" }, index };
  }
  return undefined;
};

/** Functions and integrations fail under events of their own. */
const failureEvent = (event: HistoryEvent, state: HostState | undefined): HostEvent | undefined => {
  const details =
    event.taskFailedEventDetails ??
    event.taskTimedOutEventDetails ??
    event.lambdaFunctionFailedEventDetails ??
    event.lambdaFunctionTimedOutEventDetails ??
    event.lambdaFunctionScheduleFailedEventDetails ??
    event.lambdaFunctionStartFailedEventDetails;
  if (details === undefined || state === undefined) return undefined;
  return {
    kind: "task-failed",
    state,
    error: details.error ?? "States.TaskFailed",
    cause: details.cause ?? "",
  };
};

/** A history that carries no data, or data that is cut short, still tells what happens. */
const parsed = (json: string | undefined): unknown => {
  try {
    return json === undefined ? undefined : JSON.parse(json);
  } catch {
    return undefined;
  }
};
