import type { ExecutionHost, HostEvent } from "../execution-host.ts";

/** An event of an execution's history, in the form of the API without its ids. */
export interface HistoryEntry {
  readonly epochMs: number;
  readonly event:
    | HostEvent
    | { readonly kind: "execution-started"; readonly input: string }
    | { readonly kind: "execution-ended"; readonly end: ExecutionResult };
}

/** How an execution ended. */
export type ExecutionResult =
  | { readonly status: "SUCCEEDED"; readonly output: string }
  | {
      readonly status: "FAILED" | "TIMED_OUT" | "ABORTED";
      readonly error: string | undefined;
      readonly cause: string | undefined;
    };

/** One execution of a state machine. */
export interface ExecutionRecord {
  readonly executionArn: string;
  readonly name: string;
  readonly machine: StateMachineRecord;
  readonly startedAtMs: number;
  /** JSON text as the client sent it. */
  readonly input: string;
  readonly history: HistoryEntry[];
  readonly stopping: AbortController;
  /** What settles when the host is done with it: the run, and what its end set off. */
  readonly underWay: Promise<unknown>[];
  result: { readonly stoppedAtMs: number; readonly end: ExecutionResult } | undefined;
}

/** A state machine of the account: what an attached host runs. */
export interface StateMachineRecord {
  readonly stateMachineArn: string;
  readonly host: ExecutionHost;
  readonly createdAtMs: number;
  /** By name, oldest first. */
  readonly executions: Map<string, ExecutionRecord>;
}

/** The Step Functions side of the endpoint's account. */
export interface StepFunctionsAccount {
  readonly region: string;
  readonly accountId: string;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
  /** By ARN. */
  readonly machines: Map<string, StateMachineRecord>;
}

/** Adds a state machine. @returns Its ARN. */
export const attachHost = (account: StepFunctionsAccount, host: ExecutionHost): string => {
  const stateMachineArn = `arn:aws:states:${account.region}:${account.accountId}:stateMachine:${host.stateMachineName}`;
  account.machines.set(stateMachineArn, {
    stateMachineArn,
    host,
    createdAtMs: account.clock(),
    executions: new Map(),
  });
  return stateMachineArn;
};

/** Stops every execution and waits until its host is done with it. */
export const stopAll = async (account: StepFunctionsAccount): Promise<void> => {
  const executions = [...account.machines.values()].flatMap((machine) => [...machine.executions.values()]);
  for (const execution of executions) execution.stopping.abort();
  await Promise.all(executions.flatMap(({ underWay }) => underWay));
  // The end of a run may have set off something more.
  await Promise.all(executions.flatMap(({ underWay }) => underWay));
};
