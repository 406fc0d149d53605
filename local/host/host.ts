import { ExecutionError, ExecutionTimeoutError, StateMachine } from "aws-local-stepfunctions";
import type { Environment } from "../../functions/environment.ts";
import type { ExecutionEnd, ExecutionRun } from "../endpoint/execution-host.ts";
import { allStates, type MachineDefinition, readDefinition, type StateDefinition } from "./definition.ts";
import { hostEventOf } from "./host-events.ts";
import { callFunction } from "./function-task.ts";
import { functionArnOf, type HostedFunction, hostedFunctions } from "./hosted-functions.ts";
import { integrations, type ServiceAccess } from "./integrations.ts";
import { jsonBytes } from "./json-value.ts";
import { TaskFailure } from "./task-failure.ts";

/** How a host is set up. */
export interface HostOptions {
  readonly access: ServiceAccess;
  readonly accountId: string;
  readonly lockTableName: string;
  readonly reportBucketName: string;
  readonly eventBusName: string;
  /** Environment variables of a function, by the name of its file, in an execution with this input. */
  readonly environmentOf: (functionName: string, executionInput: unknown) => Environment;
  /** Replaces the waits of every Retry, in milliseconds: for tests. */
  readonly retryIntervalMs?: number;
}

/** Runs executions of `statemachine/tuning.asl.json` in this process. */
export interface Host {
  readonly definition: string;
  run(run: ExecutionRun): Promise<ExecutionEnd>;
}

/** What Step Functions lets pass between two states, in bytes. */
export const stateLimitBytes = 262_144;

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
  const tasks = taskTable(states, options, run, underWay);
  const execution = new StateMachine(machine, { validationOptions: { noValidate: true } }).run(
    run.input as Parameters<StateMachine["run"]>[0],
    {
      context: { Execution: { Name: run.name, Id: run.executionArn } },
      overrides: {
        taskResourceLocalHandlers: tasks,
        ...(options.retryIntervalMs === undefined
          ? {}
          : {
              retryIntervalOverrides: Object.fromEntries(
                [...states.keys()].map((name) => [name, options.retryIntervalMs ?? 0]),
              ),
            }),
      },
    },
  );
  const stop = (): void => execution.abort();
  run.signal.addEventListener("abort", stop, { once: true });
  if (run.signal.aborted) stop();
  const events = followEvents(execution.eventLogs, run);
  try {
    const output: unknown = await execution.result;
    await events;
    return { status: "SUCCEEDED", output };
  } catch (error) {
    await Promise.allSettled(underWay);
    run.signal.throwIfAborted();
    await events;
    return endOf(error);
  } finally {
    run.signal.removeEventListener("abort", stop);
  }
};

const followEvents = async (events: ReturnType<StateMachine["run"]>["eventLogs"], run: ExecutionRun): Promise<void> => {
  for await (const event of events) {
    const translated = hostEventOf(event);
    if (translated !== undefined) run.onEvent(translated);
  }
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

type TaskTable = Record<string, (input: unknown) => Promise<never>>;

/** The interpreter finds a task's handler by its state's name; what the state's Resource says decides which it is. */
const taskTable = (
  states: ReadonlyMap<string, StateDefinition>,
  options: HostOptions,
  { signal, input: executionInput }: ExecutionRun,
  underWay: Set<Promise<unknown>>,
): TaskTable => {
  const services = integrations(options.access);
  const functions = new Map(hostedFunctions.map((hosted) => [functionArnOf(hosted.name, options), hosted]));
  const table: TaskTable = {};
  for (const [name, state] of states) {
    if (state.Type !== "Task") continue;
    const call = taskCall(state, services, functions, (functionName) =>
      options.environmentOf(functionName, executionInput),
    );
    table[name] = async (input) => {
      signal.throwIfAborted();
      const task = checked(call, input, signal);
      underWay.add(task);
      try {
        // The interpreter types values as JSON; both kinds of task give nothing else.
        return (await task) as never;
      } finally {
        underWay.delete(task);
      }
    };
  }
  return table;
};

type TaskCall = (input: unknown, signal: AbortSignal) => Promise<unknown>;

const taskCall = (
  { Resource: resource = "", TimeoutSeconds: timeoutSeconds = 0 }: StateDefinition,
  services: ReturnType<typeof integrations>,
  functions: ReadonlyMap<string, HostedFunction>,
  environmentOf: (functionName: string) => Environment,
): TaskCall => {
  const service = services.get(resource);
  if (service !== undefined) return service;
  const hosted = functions.get(resource);
  if (hosted === undefined) throw new TypeError(`The host knows no task ${resource}.`);
  return async (input, signal) => {
    const handler = await hosted.load();
    return callFunction(
      { handler, environment: environmentOf(hosted.name), timeoutMs: timeoutSeconds * 1000 },
      input,
      signal,
    );
  };
};

/** What Step Functions refuses, the host refuses: AWS would fail where the embedded engine went on. */
const checked = async (call: TaskCall, input: unknown, signal: AbortSignal): Promise<unknown> => {
  refuseTooLarge("input", input);
  const output = await call(input, signal);
  refuseTooLarge("output", output);
  return output;
};

const refuseTooLarge = (what: string, value: unknown): void => {
  const bytes = jsonBytes(value);
  if (bytes <= stateLimitBytes) return;
  throw Object.assign(
    new TaskFailure(
      "States.DataLimitExceeded",
      `A task's ${what} has ${bytes} bytes; the limit is ${stateLimitBytes}.`,
    ),
    // As in AWS, no States.ALL catches it.
    { isRetryable: false, isCatchable: false },
  );
};
