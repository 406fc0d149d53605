import type { ExecutionRun } from "../endpoint/execution-host.ts";
import type { StateDefinition } from "./definition.ts";
import { callFunction, type FunctionSettings } from "./function-task.ts";
import type { HostOptions } from "./host-options.ts";
import { functionArnOf, type HostedFunction, hostedFunctions } from "./hosted-functions.ts";
import { integrations } from "./integrations.ts";
import { dataLimitExceeded, excessOf } from "./state-limit.ts";
import { TaskFailure } from "./task-failure.ts";

type TaskTable = Record<string, (input: unknown) => Promise<never>>;

/**
 * Every task's handler by its state's name, which is how the interpreter finds it; what the state's Resource says decides which it is.
 *
 * @param underWay - Holds the tasks that are running, so that a stopped execution can wait for them.
 */
export const taskTable = (
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
    const call = taskCall(state, services, functions, (functionName) => ({
      environment: options.environmentOf(functionName, executionInput),
      timeoutMs: options.functionTimeoutsMs?.[functionName] ?? (state.TimeoutSeconds ?? 0) * 1000,
    }));
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
  { Resource: resource = "" }: StateDefinition,
  services: ReturnType<typeof integrations>,
  functions: ReadonlyMap<string, HostedFunction>,
  settingsOf: (functionName: string) => Omit<FunctionSettings, "handler">,
): TaskCall => {
  const service = services.get(resource);
  if (service !== undefined) return service;
  const hosted = functions.get(resource);
  if (hosted === undefined) throw new TypeError(`The host knows no task ${resource}.`);
  return async (input, signal) => {
    const handler = await hosted.load();
    return callFunction({ handler, ...settingsOf(hosted.name) }, input, signal);
  };
};

/** What Step Functions refuses, the host refuses: AWS would fail where the embedded engine went on. */
const checked = async (call: TaskCall, input: unknown, signal: AbortSignal): Promise<unknown> => {
  refuse(excessOf("task's input", input));
  const output = await call(input, signal);
  refuse(excessOf("task's output", output));
  return output;
};

const refuse = (cause: string | undefined): void => {
  if (cause === undefined) return;
  // As in AWS, no States.ALL catches it.
  throw Object.assign(new TaskFailure(dataLimitExceeded, cause), { isRetryable: false, isCatchable: false });
};
