/** Something that happened within an execution, in the order it happened: becomes an event of its history. */
export type HostEvent =
  | { readonly kind: "state-entered"; readonly state: HostState; readonly input: unknown }
  | { readonly kind: "state-exited"; readonly state: HostState; readonly output: unknown }
  /** A Task that is begun, or begun again after a failure. */
  | { readonly kind: "task-scheduled"; readonly state: HostState }
  /** A Task that failed, before its Retry or Catch takes over. */
  | { readonly kind: "task-failed"; readonly state: HostState; readonly error: string; readonly cause: string }
  | { readonly kind: "iteration-started"; readonly state: HostState; readonly index: number }
  | { readonly kind: "iteration-succeeded"; readonly state: HostState; readonly index: number }
  | { readonly kind: "iteration-failed"; readonly state: HostState; readonly index: number };

/** A state by its name and type in the definition. */
export interface HostState {
  readonly name: string;
  readonly type: "Task" | "Pass" | "Choice" | "Wait" | "Map" | "Parallel" | "Succeed" | "Fail";
}

/** One execution as the host is to run it. */
export interface ExecutionRun {
  readonly executionArn: string;
  readonly name: string;
  readonly startedAt: Date;
  /** The parsed input. */
  readonly input: unknown;
  /** Aborted when somebody stops the execution, or the endpoint closes: no state is entered any more. */
  readonly signal: AbortSignal;
  readonly onEvent: (event: HostEvent) => void;
}

/** How an execution ended by itself. */
export type ExecutionEnd =
  | { readonly status: "SUCCEEDED"; readonly output: unknown }
  | { readonly status: "FAILED" | "TIMED_OUT"; readonly error: string; readonly cause: string };

/** An execution that is over: what EventBridge's "Step Functions Execution Status Change" says of it. */
export interface ExecutionStatusChange {
  readonly executionArn: string;
  readonly stateMachineArn: string;
  readonly name: string;
  readonly status: "SUCCEEDED" | "FAILED" | "TIMED_OUT" | "ABORTED";
  /** Milliseconds since 1970. */
  readonly startDate: number;
  readonly stopDate: number;
  /** JSON text, as the execution was started with. */
  readonly input: string;
  /** JSON text; absent unless the execution succeeded. */
  readonly output?: string;
  readonly error?: string;
  readonly cause?: string;
}

/**
 * Runs executions of one state machine. The endpoint puts Step Functions' API in front of it: names, idempotence,
 * histories, paging and stopping are the endpoint's; running the definition is the host's.
 */
export interface ExecutionHost {
  readonly stateMachineName: string;
  /** The definition in the Amazon States Language, as JSON text. */
  readonly definition: string;
  /** Tags of the state machine. */
  readonly tags?: Readonly<Record<string, string>>;
  /** Runs one execution to its end. What becomes of a stopped one is ignored, a rejection is a failed one. */
  run(run: ExecutionRun): Promise<ExecutionEnd>;
  /** Called once for each execution that is over, stopped ones included: where EventBridge rules would start. */
  statusChanged?(change: ExecutionStatusChange): Promise<void>;
}
