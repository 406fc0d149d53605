import type { EstimateBasis } from "../core/planning/estimate-basis.ts";
import type { EndpointOptions } from "./endpoint/endpoint-options.ts";
import type { FunctionDefinition } from "./endpoint/function-definition.ts";
import type { CodeTarget } from "./sandbox/code-target.ts";
import type { CodeRunnerOptions } from "./sandbox/code-runner.ts";
import type { SimulationModel } from "./simulation/simulation-file.ts";

/** Settings of a function besides its name and code. */
export type TargetSettings = Partial<Omit<FunctionDefinition, "functionName" | "codeSha256">>;

/** A function that the engine offers: code on this machine, or a simulation. */
export type EngineTarget =
  | {
      readonly code: CodeTarget;
      readonly settings?: TargetSettings;
      /** What the estimate of a run rests on where CloudWatch shows nothing of the function. */
      readonly expectation?: EstimateBasis;
    }
  | {
      readonly name: string;
      readonly simulation: SimulationModel;
      /** Default: 1. */
      readonly seed?: number;
      readonly settings?: TargetSettings;
    };

/** How an engine starts. */
export interface EngineOptions
  extends Pick<
    EndpointOptions,
    "account" | "controlPlaneDelayMs" | "faults" | "objectsFolder" | "onInvocation" | "onEvent" | "port" | "region"
  > {
  readonly targets: readonly EngineTarget[];
  /** How code is run. */
  readonly sandbox?: CodeRunnerOptions;
  /** Replaces the waits before the state machine's retries, in milliseconds: for tests. */
  readonly retryIntervalMs?: number;
  /** Replaces the timeouts of our functions, in milliseconds, by the name of their file: for tests. */
  readonly functionTimeoutsMs?: Readonly<Record<string, number>>;
}
