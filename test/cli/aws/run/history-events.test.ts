import type { HistoryEvent } from "@aws-sdk/client-sfn";
import { describe, expect, it } from "vitest";
import { HistoryReader, isEnd } from "../../../../cli/aws/run/history-events.ts";

const timestamp = new Date(0);

/** A history in which each event follows the one before, unless it says otherwise. */
const read = (events: readonly Partial<HistoryEvent>[]) => {
  const reader = new HistoryReader();
  return events.flatMap((event, index) => {
    const whole = { id: index + 1, previousEventId: index, timestamp, type: undefined, ...event };
    return reader.read(whole) ?? [];
  });
};

describe("a history", () => {
  it("tells states as the local engine does, with their data", () => {
    expect(
      read([
        { type: "ExecutionStarted", executionStartedEventDetails: { input: "{}" } },
        { type: "TaskStateEntered", stateEnteredEventDetails: { name: "Plan", input: '{"a":1}' } },
        { type: "LambdaFunctionScheduled", lambdaFunctionScheduledEventDetails: { resource: "arn" } },
        { type: "LambdaFunctionStarted" },
        { type: "LambdaFunctionSucceeded", lambdaFunctionSucceededEventDetails: { output: "{}" } },
        { type: "TaskStateExited", stateExitedEventDetails: { name: "Plan", output: '{"b":2}' } },
        { type: "MapStateEntered", stateEnteredEventDetails: { name: "Measure", input: "{}" } },
        { type: "MapIterationStarted", mapIterationStartedEventDetails: { name: "Measure", index: 3 } },
        { type: "MapIterationSucceeded", mapIterationSucceededEventDetails: { name: "Measure", index: 3 } },
      ]),
    ).toEqual([
      { kind: "state-entered", state: { name: "Plan", type: "Task" }, input: { a: 1 } },
      { kind: "state-exited", state: { name: "Plan", type: "Task" }, output: { b: 2 } },
      { kind: "state-entered", state: { name: "Measure", type: "Map" }, input: {} },
      { kind: "iteration-started", state: { name: "Measure", type: "Map" }, index: 3 },
      { kind: "iteration-succeeded", state: { name: "Measure", type: "Map" }, index: 3 },
    ]);
  });

  it.each([
    ["LambdaFunctionFailed", "lambdaFunctionFailedEventDetails"],
    ["LambdaFunctionTimedOut", "lambdaFunctionTimedOutEventDetails"],
    ["LambdaFunctionStartFailed", "lambdaFunctionStartFailedEventDetails"],
    ["TaskFailed", "taskFailedEventDetails"],
    ["TaskTimedOut", "taskTimedOutEventDetails"],
  ] as const)("tells %s as the failure of the state that it happened in", (type, details) => {
    const events = read([
      { type: "TaskStateEntered", stateEnteredEventDetails: { name: "Provision" } },
      { type: "TaskStateEntered", stateEnteredEventDetails: { name: "AtTheSameTime" }, previousEventId: 0 },
      { type: "LambdaFunctionScheduled", previousEventId: 1 },
      { type, [details]: { error: "Tuner.Throttled", cause: "too many" }, previousEventId: 3 },
    ]);
    expect(events.at(-1)).toEqual({
      kind: "task-failed",
      state: { name: "Provision", type: "Task" },
      error: "Tuner.Throttled",
      cause: "too many",
    });
  });

  it("does without data that is left out or cut short", () => {
    expect(
      read([
        { type: "TaskStateEntered", stateEnteredEventDetails: { name: "Plan" } },
        { type: "TaskStateExited", stateExitedEventDetails: { name: "Plan", output: '{"cut' } },
      ]),
    ).toEqual([
      { kind: "state-entered", state: { name: "Plan", type: "Task" }, input: undefined },
      { kind: "state-exited", state: { name: "Plan", type: "Task" }, output: undefined },
    ]);
  });

  it.each(["ExecutionSucceeded", "ExecutionFailed", "ExecutionAborted", "ExecutionTimedOut"] as const)(
    "is over with %s",
    (type) => {
      expect(isEnd({ type, id: 1, timestamp })).toBe(true);
      expect(isEnd({ type: "ExecutionStarted", id: 1, timestamp })).toBe(false);
    },
  );
});
