import type { ExecutionStatusChange, HostEvent } from "../execution-host.ts";
import type {
  ExecutionRecord,
  ExecutionResult,
  HistoryEntry,
  StateMachineRecord,
  StepFunctionsAccount,
} from "./execution-record.ts";

/**
 * Starts an execution; it goes on by itself.
 *
 * @param input - JSON text, already known to be JSON.
 */
export const startExecution = (
  account: StepFunctionsAccount,
  machine: StateMachineRecord,
  name: string,
  input: string,
): ExecutionRecord => {
  const execution = openExecution(account, machine, name, input);
  execution.underWay.push(run(account, execution));
  return execution;
};

/** An execution that somebody else runs: the account knows it, and is told what happens. */
export interface RecordedExecution {
  readonly executionArn: string;
  onEvent(event: HostEvent): void;
  /** The first end counts, and sets off nothing: who runs it cleans up after it. */
  end(result: ExecutionResult): void;
}

/** Records an execution that is run elsewhere in this process. @param input - JSON text. */
export const recordExecution = (
  account: StepFunctionsAccount,
  machine: StateMachineRecord,
  name: string,
  input: string,
): RecordedExecution => {
  const execution = openExecution(account, machine, name, input);
  return {
    executionArn: execution.executionArn,
    onEvent: (event) => {
      remember(account, execution, event);
    },
    end: (end) => {
      if (execution.result !== undefined) return;
      execution.result = { stoppedAtMs: account.clock(), end };
      remember(account, execution, { kind: "execution-ended", end });
    },
  };
};

const openExecution = (
  account: StepFunctionsAccount,
  machine: StateMachineRecord,
  name: string,
  input: string,
): ExecutionRecord => {
  const execution: ExecutionRecord = {
    executionArn: `${machine.stateMachineArn.replace(":stateMachine:", ":execution:")}:${name}`,
    name,
    machine,
    startedAtMs: account.clock(),
    input,
    history: [],
    stopping: new AbortController(),
    underWay: [],
    result: undefined,
  };
  machine.executions.set(name, execution);
  remember(account, execution, { kind: "execution-started", input });
  return execution;
};

/**
 * Ends an execution, unless it has ended already: the first end counts. What its end sets off goes on by itself.
 *
 * @returns When it ended, in milliseconds since 1970.
 */
export const endExecution = (
  account: StepFunctionsAccount,
  execution: ExecutionRecord,
  end: ExecutionResult,
): number => {
  if (execution.result !== undefined) return execution.result.stoppedAtMs;
  const stoppedAtMs = account.clock();
  execution.result = { stoppedAtMs, end };
  remember(account, execution, { kind: "execution-ended", end });
  // EventBridge tells nobody either when a rule's target fails.
  const followUp = execution.machine.host.statusChanged?.(statusChangeOf(execution, end, stoppedAtMs));
  execution.underWay.push(Promise.resolve(followUp).catch(() => undefined));
  return stoppedAtMs;
};

const run = async (account: StepFunctionsAccount, execution: ExecutionRecord): Promise<void> => {
  const { host } = execution.machine;
  try {
    const end = await host.run({
      executionArn: execution.executionArn,
      name: execution.name,
      startedAt: new Date(execution.startedAtMs),
      input: JSON.parse(execution.input),
      signal: execution.stopping.signal,
      onEvent: (event) => {
        // What a stopped execution still does is not part of its history.
        if (execution.result === undefined) remember(account, execution, event);
      },
    });
    endExecution(
      account,
      execution,
      end.status === "SUCCEEDED" ? { status: end.status, output: JSON.stringify(end.output ?? null) } : end,
    );
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error);
    const status = execution.stopping.signal.aborted ? "ABORTED" : "FAILED";
    endExecution(account, execution, { status, error: "States.Runtime", cause });
  }
};

const remember = (account: StepFunctionsAccount, execution: ExecutionRecord, event: HistoryEntry["event"]): void => {
  execution.history.push({ epochMs: account.clock(), event });
};

const statusChangeOf = (
  { executionArn, machine, name, startedAtMs, input }: ExecutionRecord,
  end: ExecutionResult,
  stopDate: number,
): ExecutionStatusChange => ({
  executionArn,
  stateMachineArn: machine.stateMachineArn,
  name,
  status: end.status,
  startDate: startedAtMs,
  stopDate,
  input,
  ...(end.status === "SUCCEEDED"
    ? { output: end.output }
    : {
        ...(end.error !== undefined && { error: end.error }),
        ...(end.cause !== undefined && { cause: end.cause }),
      }),
});
