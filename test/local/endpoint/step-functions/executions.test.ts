import {
  DescribeExecutionCommand,
  DescribeStateMachineCommand,
  ExecutionAlreadyExists,
  ExecutionDoesNotExist,
  GetExecutionHistoryCommand,
  InvalidExecutionInput,
  InvalidName,
  ListExecutionsCommand,
  ListStateMachinesCommand,
  ListTagsForResourceCommand,
  paginateGetExecutionHistory,
  SFNClient,
  StartExecutionCommand,
  StateMachineDoesNotExist,
  StopExecutionCommand,
} from "@aws-sdk/client-sfn";
import { expect, it } from "vitest";
import type {
  ExecutionEnd,
  ExecutionHost,
  ExecutionRun,
  ExecutionStatusChange,
  HostEvent,
} from "../../../../local/endpoint/execution-host.ts";
import { manualClock, startTestEndpoint } from "../../../support/test-endpoint.ts";

/** A host whose executions last until they are ended, and end as they are told. */
const heldHost = () => {
  const runs: ExecutionRun[] = [];
  const changes: ExecutionStatusChange[] = [];
  const ends: ((end: ExecutionEnd) => void)[] = [];
  const host: ExecutionHost = {
    stateMachineName: "Tuning",
    definition: '{"StartAt":"Plan"}',
    tags: { "lambda-tuner:version": "1" },
    run: (run) =>
      new Promise((resolve, reject) => {
        runs.push(run);
        ends.push(resolve);
        run.signal.addEventListener("abort", () => reject(new Error("aborted")));
      }),
    statusChanged: async (change) => {
      changes.push(change);
    },
  };
  return { host, runs, changes, end: (index: number, end: ExecutionEnd) => ends[index]?.(end) };
};

const started = async () => {
  const clock = manualClock();
  const endpoint = await startTestEndpoint({ clock: clock.now });
  const held = heldHost();
  const stateMachineArn = endpoint.attachExecutionHost(held.host);
  const sfn = new SFNClient({
    endpoint: endpoint.url,
    region: endpoint.region,
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
    maxAttempts: 1,
  });
  return {
    ...held,
    clock,
    endpoint,
    sfn,
    stateMachineArn,
    start: async (name: string, input = '{"functionArn":"thumbnails"}') => {
      const answer = await sfn.send(new StartExecutionCommand({ stateMachineArn, name, input }));
      return answer.executionArn ?? "";
    },
    describe: (executionArn: string) => sfn.send(new DescribeExecutionCommand({ executionArn })),
  };
};

/** Lets the promises of an ended run settle: the endpoint and the test share one process. */
const settled = async (isSettled: () => Promise<boolean>): Promise<void> => {
  while (!(await isSettled())) await new Promise((resolve) => setImmediate(resolve));
};

it("describes the state machine", async () => {
  const { sfn, stateMachineArn } = await started();
  expect(stateMachineArn).toBe("arn:aws:states:us-east-1:123456789012:stateMachine:Tuning");
  const { stateMachines } = await sfn.send(new ListStateMachinesCommand({}));
  expect(stateMachines).toMatchObject([{ stateMachineArn, name: "Tuning", type: "STANDARD" }]);
  expect(await sfn.send(new DescribeStateMachineCommand({ stateMachineArn }))).toMatchObject({
    status: "ACTIVE",
    definition: '{"StartAt":"Plan"}',
  });
  const { tags } = await sfn.send(new ListTagsForResourceCommand({ resourceArn: stateMachineArn }));
  expect(tags).toEqual([{ key: "lambda-tuner:version", value: "1" }]);
});

it("runs an execution to its end", async () => {
  const { runs, end, start, describe, changes, clock } = await started();
  const executionArn = await start("run-1");
  expect(executionArn).toBe("arn:aws:states:us-east-1:123456789012:execution:Tuning:run-1");
  expect(runs).toMatchObject([{ executionArn, name: "run-1", input: { functionArn: "thumbnails" } }]);
  expect(await describe(executionArn)).toMatchObject({ status: "RUNNING", name: "run-1" });
  clock.advance(5000);
  end(0, { status: "SUCCEEDED", output: { recommended: 512 } });
  await settled(async () => (await describe(executionArn)).status !== "RUNNING");
  const described = await describe(executionArn);
  expect(described).toMatchObject({ status: "SUCCEEDED", output: '{"recommended":512}' });
  expect((described.stopDate?.getTime() ?? 0) - (described.startDate?.getTime() ?? 0)).toBe(5000);
  expect(changes).toMatchObject([{ status: "SUCCEEDED", input: '{"functionArn":"thumbnails"}' }]);
});

it("shows why an execution failed", async () => {
  const { end, start, describe, changes } = await started();
  const executionArn = await start("run-1");
  end(0, { status: "FAILED", error: "Tuner.AlreadyRunning", cause: "another run" });
  await settled(async () => (await describe(executionArn)).status !== "RUNNING");
  expect(await describe(executionArn)).toMatchObject({
    status: "FAILED",
    error: "Tuner.AlreadyRunning",
    cause: "another run",
  });
  expect(changes).toMatchObject([{ status: "FAILED", error: "Tuner.AlreadyRunning" }]);
});

it("starts a running execution once, however often it is asked with the same name and input", async () => {
  const { runs, start } = await started();
  expect(await start("run-1")).toBe(await start("run-1"));
  expect(runs).toHaveLength(1);
  await expect(start("run-1", '{"functionArn":"other"}')).rejects.toThrow(ExecutionAlreadyExists);
});

it("never runs a name again once it has ended", async () => {
  const { end, start, describe, runs } = await started();
  const executionArn = await start("run-1");
  end(0, { status: "SUCCEEDED", output: null });
  await settled(async () => (await describe(executionArn)).status !== "RUNNING");
  await expect(start("run-1")).rejects.toThrow(ExecutionAlreadyExists);
  expect(runs).toHaveLength(1);
});

it("stops an execution at once, and tells who watches", async () => {
  const { sfn, runs, start, describe, changes } = await started();
  const executionArn = await start("run-1");
  await sfn.send(new StopExecutionCommand({ executionArn, error: "Stopped", cause: "by hand" }));
  expect(runs[0]?.signal.aborted).toBe(true);
  expect(await describe(executionArn)).toMatchObject({ status: "ABORTED", error: "Stopped", cause: "by hand" });
  expect(changes.map(({ status }) => status)).toEqual(["ABORTED"]);
});

it("tells the history of an execution in pages", async () => {
  const { sfn, runs, end, start, describe } = await started();
  const executionArn = await start("run-1");
  const plan = { name: "Plan", type: "Task" } as const;
  const measure = { name: "Measure", type: "Map" } as const;
  const events: readonly HostEvent[] = [
    { kind: "state-entered", state: plan, input: { a: 1 } },
    { kind: "task-failed", state: plan, error: "Lambda.TooManyRequestsException", cause: "throttled" },
    { kind: "state-exited", state: plan, output: { b: 2 } },
    { kind: "state-entered", state: measure, input: null },
    { kind: "iteration-started", state: measure, index: 0 },
    { kind: "iteration-succeeded", state: measure, index: 0 },
  ];
  for (const event of events) runs[0]?.onEvent(event);
  end(0, { status: "FAILED", error: "E", cause: "C" });
  await settled(async () => (await describe(executionArn)).status !== "RUNNING");
  const history = [];
  for await (const page of paginateGetExecutionHistory({ client: sfn, pageSize: 3 }, { executionArn })) {
    history.push(...(page.events ?? []));
  }
  expect(history.map(({ id, previousEventId, type }) => [previousEventId, id, type])).toEqual([
    [0, 1, "ExecutionStarted"],
    [1, 2, "TaskStateEntered"],
    [2, 3, "TaskFailed"],
    [3, 4, "TaskStateExited"],
    [4, 5, "MapStateEntered"],
    [5, 6, "MapIterationStarted"],
    [6, 7, "MapIterationSucceeded"],
    [7, 8, "ExecutionFailed"],
  ]);
  expect(history[1]).toMatchObject({ stateEnteredEventDetails: { name: "Plan", input: '{"a":1}' } });
  expect(history[2]).toMatchObject({ taskFailedEventDetails: { error: "Lambda.TooManyRequestsException" } });
  expect(history[3]).toMatchObject({ stateExitedEventDetails: { name: "Plan", output: '{"b":2}' } });
  expect(history[5]).toMatchObject({ mapIterationStartedEventDetails: { name: "Measure", index: 0 } });
  expect(history[7]).toMatchObject({ executionFailedEventDetails: { error: "E", cause: "C" } });
  const newest = await sfn.send(
    new GetExecutionHistoryCommand({ executionArn, reverseOrder: true, maxResults: 1, includeExecutionData: false }),
  );
  expect(newest.events).toMatchObject([{ id: 8, type: "ExecutionFailed" }]);
});

it("leaves inputs and outputs out of a history that asks for none", async () => {
  const { sfn, start } = await started();
  const executionArn = await start("run-1");
  const { events } = await sfn.send(new GetExecutionHistoryCommand({ executionArn, includeExecutionData: false }));
  expect(events?.[0]?.executionStartedEventDetails?.input).toBeUndefined();
});

it("lists executions, newest first, by status", async () => {
  const { sfn, stateMachineArn, start, end, describe } = await started();
  const first = await start("run-1");
  await start("run-2");
  end(0, { status: "SUCCEEDED", output: null });
  await settled(async () => (await describe(first)).status !== "RUNNING");
  const namesOf = async (filter: object) =>
    (await sfn.send(new ListExecutionsCommand({ stateMachineArn, ...filter }))).executions?.map(({ name }) => name);
  expect(await namesOf({})).toEqual(["run-2", "run-1"]);
  expect(await namesOf({ statusFilter: "RUNNING" })).toEqual(["run-2"]);
  expect(await namesOf({ maxResults: 1 })).toEqual(["run-2"]);
});

it("refuses what Step Functions refuses", async () => {
  const { sfn, start, describe } = await started();
  await expect(start("no spaces")).rejects.toThrow(InvalidName);
  await expect(start("run-1", "{")).rejects.toThrow(InvalidExecutionInput);
  await expect(start("run-1", JSON.stringify("x".repeat(262_144)))).rejects.toThrow(InvalidExecutionInput);
  await expect(describe("arn:aws:states:us-east-1:123456789012:execution:Tuning:nobody")).rejects.toThrow(
    ExecutionDoesNotExist,
  );
  const nothing = new StartExecutionCommand({
    stateMachineArn: "arn:aws:states:us-east-1:123456789012:stateMachine:X",
  });
  await expect(sfn.send(nothing)).rejects.toThrow(StateMachineDoesNotExist);
});

it("stops every execution when the endpoint closes, and waits for what that sets off", async () => {
  const { endpoint, start, runs, changes } = await started();
  await start("run-1");
  await endpoint.close();
  expect(runs[0]?.signal.aborted).toBe(true);
  expect(changes).toMatchObject([{ name: "run-1", status: "ABORTED" }]);
});
