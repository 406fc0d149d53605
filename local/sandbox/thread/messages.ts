import type { FunctionRunner, RunnerInvocation, RunnerResult } from "../../endpoint/function-runner.ts";
import type { CodeRunnerOptions } from "../code-runner.ts";
import type { PreparedTarget } from "../runtime/prepare-target.ts";

/** What a runner is opened with. */
export interface OpenRunner {
  readonly target: PreparedTarget;
  readonly options: CodeRunnerOptions;
}

/** What the sandbox's thread can be asked. Every question but `abort` is answered once, by its `call` number. */
export type Question =
  | ({ readonly kind: "open"; readonly call: number; readonly runner: number } & OpenRunner)
  | {
      readonly kind: "invoke";
      readonly call: number;
      readonly runner: number;
      readonly invocation: Omit<RunnerInvocation, "signal">;
    }
  | { readonly kind: "retire"; readonly call: number; readonly runner: number; readonly version: string }
  | { readonly kind: "close"; readonly call: number; readonly runner: number }
  /** Ends the invocation that was asked for by that call. */
  | { readonly kind: "abort"; readonly call: number };

/** What came of a question. */
export type Answer =
  | { readonly call: number; readonly kind: "opened"; readonly cpu: NonNullable<FunctionRunner["cpu"]> }
  | { readonly call: number; readonly kind: "invoked"; readonly result: RunnerResult }
  | { readonly call: number; readonly kind: "done" }
  | { readonly call: number; readonly kind: "failed"; readonly message: string };
