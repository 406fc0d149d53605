import type { HostEvent } from "../execution-host.ts";
import type { ExecutionResult, HistoryEntry } from "./execution-record.ts";

/**
 * A history in the form of `GetExecutionHistory`.
 *
 * @param includeData - Whether events carry inputs and outputs.
 */
export const historyView = (history: readonly HistoryEntry[], includeData: boolean): Record<string, unknown>[] =>
  history.map(({ epochMs, event }, index) => ({
    id: index + 1,
    previousEventId: index,
    timestamp: epochMs / 1000,
    ...detailsOf(event, includeData),
  }));

const detailsOf = (event: HistoryEntry["event"], includeData: boolean): Record<string, unknown> => {
  const data = (name: "input" | "output", value: string): Record<string, unknown> =>
    includeData ? { [name]: value, [`${name}Details`]: { truncated: false } } : {};
  switch (event.kind) {
    case "execution-started":
      return { type: "ExecutionStarted", executionStartedEventDetails: data("input", event.input) };
    case "execution-ended":
      return endDetails(event.end, data);
    case "state-entered":
      return {
        type: `${event.state.type}StateEntered`,
        stateEnteredEventDetails: { name: event.state.name, ...data("input", jsonText(event.input)) },
      };
    case "state-exited":
      return {
        type: `${event.state.type}StateExited`,
        stateExitedEventDetails: { name: event.state.name, ...data("output", jsonText(event.output)) },
      };
    case "task-scheduled":
      return {
        type: "TaskScheduled",
        taskScheduledEventDetails: { resourceType: "lambda", resource: "invoke", region: "local", parameters: "{}" },
      };
    case "task-failed":
      return {
        type: "TaskFailed",
        taskFailedEventDetails: {
          resourceType: "lambda",
          resource: "invoke",
          error: event.error,
          cause: event.cause,
        },
      };
    case "iteration-started":
    case "iteration-succeeded":
    case "iteration-failed":
      return iterationDetails(event);
  }
};

const iterationDetails = (event: Extract<HostEvent, { readonly index: number }>): Record<string, unknown> => {
  const type = {
    "iteration-started": "MapIterationStarted",
    "iteration-succeeded": "MapIterationSucceeded",
    "iteration-failed": "MapIterationFailed",
  }[event.kind];
  const member = type.replace("Map", "map");
  return { type, [`${member}EventDetails`]: { name: event.state.name, index: event.index } };
};

const endDetails = (
  end: ExecutionResult,
  data: (name: "output", value: string) => Record<string, unknown>,
): Record<string, unknown> => {
  if (end.status === "SUCCEEDED") {
    return { type: "ExecutionSucceeded", executionSucceededEventDetails: data("output", end.output) };
  }
  const type = { FAILED: "ExecutionFailed", TIMED_OUT: "ExecutionTimedOut", ABORTED: "ExecutionAborted" }[end.status];
  const member = type.replace("Execution", "execution");
  return { type, [`${member}EventDetails`]: { error: end.error, cause: end.cause } };
};

const jsonText = (value: unknown): string => JSON.stringify(value ?? null);
