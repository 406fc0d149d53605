import { ExecutionError, ExecutionTimeoutError, StateMachine } from "aws-local-stepfunctions";
import type { ExecutionEnd, ExecutionRun, HostEvent } from "../endpoint/execution-host.ts";
import { allStates, type MachineDefinition, readDefinition, type StateDefinition } from "./definition.ts";
import type { HostOptions } from "./host-options.ts";
import { hostEventsOf } from "./host-events.ts";
import { functionArnOf, hostedFunctions } from "./hosted-functions.ts";
import { dataLimitExceeded, excessOf } from "./state-limit.ts";
import { taskTable } from "./task-table.ts";

/** Runs executions of `statemachine/tuning.asl.json` in this process. */
export interface Host {
  readonly definition: string;
  run(run: ExecutionRun): Promise<ExecutionEnd>;
}

/** Makes a host: the definition with its placeholders filled in, its tasks bound to functions and integrations. */
export const createHost = (options: HostOptions): Host => {
  const definition = readDefinition({
    ...Object.fromEntries(hostedFunctions.map(({ name, placeholder }) => [placeholder, functionArnOf(name, options)])),
    LockTableName: options.lockTableName,
    ReportBucketName: options.reportBucketName,
    EventBusName: options.eventBusName,
  });
  return { definition, run: async (run) => runExecution(definition, options, run) };
};

const runExecution = async (definition: string, options: HostOptions, run: ExecutionRun): Promise<ExecutionEnd> => {
  const machine = JSON.parse(definition) as MachineDefinition & ConstructorParameters<typeof StateMachine>[0];
  const states = allStates(machine);
  const underWay = new Set<Promise<unknown>>();
  const execution = new StateMachine(machine, { validationOptions: { noValidate: true } }).run(
    run.input as Parameters<StateMachine["run"]>[0],
    {
      context: { Execution: { Name: run.name, Id: run.executionArn } },
      overrides: {
        taskResourceLocalHandlers: taskTable(states, options, run, underWay),
        ...retryIntervals(states, options.retryIntervalMs),
      },
    },
  );
  const stop = (): void => execution.abort();
  run.signal.addEventListener("abort", stop, { once: true });
  if (run.signal.aborted) stop();
  const events = followEvents(execution.eventLogs, run, stop);
  try {
    const output: unknown = await execution.result;
    return (await events) ?? { status: "SUCCEEDED", output };
  } catch (error) {
    await Promise.allSettled(underWay);
    run.signal.throwIfAborted();
    return (await events) ?? endOf(error);
  } finally {
    run.signal.removeEventListener("abort", stop);
  }
};

const retryIntervals = (
  states: ReadonlyMap<string, StateDefinition>,
  intervalMs: number | undefined,
): { retryIntervalOverrides?: Record<string, number> } =>
  intervalMs === undefined
    ? {}
    : { retryIntervalOverrides: Object.fromEntries([...states.keys()].map((name) => [name, intervalMs])) };

/** @returns How the execution ends because of what was seen: a state too large to pass on, which AWS would not pass on. */
const followEvents = async (
  events: ReturnType<StateMachine["run"]>["eventLogs"],
  run: ExecutionRun,
  stop: () => void,
): Promise<ExecutionEnd | undefined> => {
  let end: ExecutionEnd | undefined;
  for await (const event of events) {
    for (const translated of hostEventsOf(event)) {
      run.onEvent(translated);
      const excess = excessIn(translated);
      if (excess === undefined || end !== undefined) continue;
      end = { status: "FAILED", error: dataLimitExceeded, cause: excess };
      stop();
    }
  }
  return end;
};

const excessIn = (event: HostEvent): string | undefined => {
  if (event.kind === "state-entered") return excessOf(`input of ${event.state.name}`, event.input);
  return event.kind === "state-exited" ? excessOf(`output of ${event.state.name}`, event.output) : undefined;
};

const endOf = (error: unknown): ExecutionEnd => {
  if (error instanceof ExecutionTimeoutError) {
    return { status: "TIMED_OUT", error: "States.Timeout", cause: "The execution ran longer than its TimeoutSeconds." };
  }
  const cause = error instanceof ExecutionError ? error.cause : error;
  return cause instanceof Error
    ? { status: "FAILED", error: cause.name, cause: cause.message }
    : { status: "FAILED", error: "States.Runtime", cause: String(cause) };
};
