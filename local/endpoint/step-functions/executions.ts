import { randomUUID } from "node:crypto";
import { z } from "zod";
import { ApiError } from "../http/api-error.ts";
import { jsonOperation } from "../http/json-operation.ts";
import type { Operation } from "../http/operation.ts";
import type { ExecutionRecord, StateMachineRecord, StepFunctionsAccount } from "./execution-record.ts";
import { historyView } from "./history-view.ts";
import { endExecution, startExecution } from "./run-execution.ts";
import { machineOf } from "./state-machines.ts";
import { tokenPage } from "./token-page.ts";

/** Largest input of an execution, in bytes. */
const inputLimitBytes = 262_144;

const executionSchema = z.looseObject({ executionArn: z.string() });

const paging = { maxResults: z.int().min(0).max(1000).optional(), nextToken: z.string().optional() };

/** Executions: starting, describing, following and stopping them. */
export const executionOperations = (account: StepFunctionsAccount): readonly Operation[] => [
  jsonOperation({
    service: "states",
    name: "StartExecution",
    schema: z.looseObject({
      stateMachineArn: z.string(),
      name: z.string().optional(),
      input: z.string().default("{}"),
    }),
    resource: ({ stateMachineArn }) => stateMachineArn,
    handle: ({ stateMachineArn, name, input }) => {
      const execution = startOnce(account, machineOf(account, stateMachineArn), name ?? randomUUID(), input);
      return { executionArn: execution.executionArn, startDate: execution.startedAtMs / 1000 };
    },
  }),
  jsonOperation({
    service: "states",
    name: "DescribeExecution",
    schema: executionSchema,
    resource: ({ executionArn }) => executionArn,
    handle: ({ executionArn }) => executionView(executionOf(account, executionArn)),
  }),
  jsonOperation({
    service: "states",
    name: "StopExecution",
    schema: executionSchema.extend({ error: z.string().optional(), cause: z.string().optional() }),
    resource: ({ executionArn }) => executionArn,
    handle: ({ executionArn, error, cause }) => {
      const execution = executionOf(account, executionArn);
      const stoppedAtMs = endExecution(account, execution, { status: "ABORTED", error, cause });
      execution.stopping.abort();
      return { stopDate: stoppedAtMs / 1000 };
    },
  }),
  jsonOperation({
    service: "states",
    name: "GetExecutionHistory",
    schema: executionSchema.extend({
      ...paging,
      reverseOrder: z.boolean().default(false),
      includeExecutionData: z.boolean().default(true),
    }),
    resource: ({ executionArn }) => executionArn,
    handle: ({ executionArn, reverseOrder, includeExecutionData, ...page }) => {
      const events = historyView(executionOf(account, executionArn).history, includeExecutionData);
      const { items, ...next } = tokenPage(reverseOrder ? events.toReversed() : events, page);
      return { events: items, ...next };
    },
  }),
  jsonOperation({
    service: "states",
    name: "ListExecutions",
    schema: z.looseObject({
      stateMachineArn: z.string(),
      statusFilter: z.enum(["RUNNING", "SUCCEEDED", "FAILED", "TIMED_OUT", "ABORTED"]).optional(),
      ...paging,
    }),
    resource: ({ stateMachineArn }) => stateMachineArn,
    handle: ({ stateMachineArn, statusFilter, ...page }) => {
      const newestFirst = [...machineOf(account, stateMachineArn).executions.values()].toReversed();
      const wanted = newestFirst.filter(
        (execution) => statusFilter === undefined || statusOf(execution) === statusFilter,
      );
      const { items, ...next } = tokenPage(wanted, page);
      return { executions: items.map(executionSummary), ...next };
    },
  }),
];

/** A name that is running with the same input is the same execution; any other use of a known name is refused. */
const startOnce = (
  account: StepFunctionsAccount,
  machine: StateMachineRecord,
  name: string,
  input: string,
): ExecutionRecord => {
  if (!/^[^\s<>{}[\]?*"#%\\^|~`$&,;:/\p{Cc}]{1,80}$/u.test(name)) {
    throw new ApiError(400, "InvalidName", `Invalid Name: '${name}'`);
  }
  requireInput(input);
  const known = machine.executions.get(name);
  if (known === undefined) return startExecution(account, machine, name, input);
  if (known.result === undefined && known.input === input) return known;
  throw new ApiError(400, "ExecutionAlreadyExists", `Execution Already Exists: '${known.executionArn}'`);
};

const requireInput = (input: string): void => {
  if (Buffer.byteLength(input) > inputLimitBytes) {
    throw new ApiError(400, "InvalidExecutionInput", `The input exceeds the limit of ${inputLimitBytes} bytes.`);
  }
  try {
    JSON.parse(input);
  } catch (error) {
    throw new ApiError(
      400,
      "InvalidExecutionInput",
      `Invalid State Machine Execution Input: '${error instanceof Error ? error.message : String(error)}'`,
    );
  }
};

const executionOf = (account: StepFunctionsAccount, executionArn: string): ExecutionRecord => {
  for (const machine of account.machines.values()) {
    for (const execution of machine.executions.values()) {
      if (execution.executionArn === executionArn) return execution;
    }
  }
  throw new ApiError(400, "ExecutionDoesNotExist", `Execution Does Not Exist: '${executionArn}'`);
};

const statusOf = ({ result }: ExecutionRecord): string => result?.end.status ?? "RUNNING";

const executionSummary = (execution: ExecutionRecord): Record<string, unknown> => ({
  executionArn: execution.executionArn,
  stateMachineArn: execution.machine.stateMachineArn,
  name: execution.name,
  status: statusOf(execution),
  startDate: execution.startedAtMs / 1000,
  ...(execution.result !== undefined && { stopDate: execution.result.stoppedAtMs / 1000 }),
});

const executionView = (execution: ExecutionRecord): Record<string, unknown> => {
  const end = execution.result?.end;
  return {
    ...executionSummary(execution),
    input: execution.input,
    inputDetails: { included: true },
    ...(end?.status === "SUCCEEDED"
      ? { output: end.output, outputDetails: { included: true } }
      : { error: end?.error, cause: end?.cause }),
  };
};
