import { randomBytes } from "node:crypto";
import { RunFailedError } from "../core/errors/run-failed-error.ts";
import { RunInterruptedError } from "../core/errors/run-interrupted-error.ts";
import { type DryRun, dryRunSchema } from "../core/planning/dry-run.ts";
import { type Report, reportSchema } from "../core/report/schema.ts";
import { type Deployment, deployTo } from "./deployment.ts";
import type { HostEvent } from "./endpoint/execution-host.ts";
import { type Endpoint, startEndpoint } from "./endpoint/start-endpoint.ts";
import type { EngineOptions } from "./engine-options.ts";
import { readyTarget } from "./engine-targets.ts";

export type { EngineOptions, EngineTarget, TargetSettings } from "./engine-options.ts";

/** How one run is made. */
export interface TuneOptions {
  /** Default: one made of the time and chance. */
  readonly runId?: string;
  /** Aborting it stops new work, cleans up, and rejects with `RunInterruptedError`. */
  readonly signal?: AbortSignal;
  /** Everything that happens in the state machine. */
  readonly onEvent?: (event: HostEvent) => void;
}

/** What a run gives: its report, or what a dry run shows instead. */
export type TuneResult =
  | { readonly kind: "report"; readonly report: Report }
  | { readonly kind: "dry-run"; readonly dryRun: DryRun };

/** The embedded engine: AWS on loopback, targets to tune, and the state machine. */
export interface Engine {
  readonly endpoint: Endpoint;
  /**
   * Runs the state machine once.
   *
   * @throws {@link RunFailedError} when the run fails; {@link RunInterruptedError} when it is stopped.
   */
  tune(request: unknown, options?: TuneOptions): Promise<TuneResult>;
  /** Takes what a run left off its target; of every run whose lock has expired, when none is named. */
  restore(runId?: string): Promise<void>;
  /** Ends every environment and stops listening. */
  close(): Promise<void>;
}

/** Starts the engine: the endpoint, lambda-tuner deployed to it, and the targets. */
export const startEngine = async (options: EngineOptions): Promise<Engine> => {
  const { targets, sandbox: _sandbox, retryIntervalMs, functionTimeoutsMs, ...endpointOptions } = options;
  const ready = await Promise.all(targets.map(async (target) => readyTarget(target, options)));
  const endpoint = await startEndpoint(endpointOptions);
  for (const { definition, runner } of ready) endpoint.registerFunction(definition, runner);
  const deployment = await deployTo(endpoint, {
    factsOf: (name) => ready.find(({ definition }) => definition.functionName === name)?.facts(),
    ...(retryIntervalMs === undefined ? {} : { retryIntervalMs }),
    ...(functionTimeoutsMs === undefined ? {} : { functionTimeoutsMs }),
  });
  const stateMachineArn = endpoint.attachExecutionHost(deployment);
  return {
    endpoint,
    tune: async (request, tuneOptions = {}) => tune({ deployment, endpoint, stateMachineArn }, request, tuneOptions),
    restore: async (runId) => deployment.restore(runId),
    close: async () => endpoint.close(),
  };
};

interface Installed {
  readonly deployment: Deployment;
  readonly endpoint: Endpoint;
  readonly stateMachineArn: string;
}

const tune = async (
  { deployment, endpoint, stateMachineArn }: Installed,
  request: unknown,
  { runId = newRunId(), signal = new AbortController().signal, onEvent }: TuneOptions,
): Promise<TuneResult> => {
  let report: Report | undefined;
  const recorded = endpoint.recordExecution(stateMachineArn, runId, JSON.stringify(request ?? null));
  try {
    const end = await deployment.run({
      executionArn: recorded.executionArn,
      name: runId,
      startedAt: new Date(),
      input: request,
      signal,
      onEvent: (event) => {
        recorded.onEvent(event);
        report = reportIn(event) ?? report;
        onEvent?.(event);
      },
    });
    recorded.end(end.status === "SUCCEEDED" ? { ...end, output: JSON.stringify(end.output ?? null) } : end);
    if (end.status === "SUCCEEDED") return resultOf(end.output);
    // In AWS a rule calls the clean-up when an execution has failed.
    const unrestored = await failureOf(deployment.restore(runId));
    throw new RunFailedError(runId, end.error, end.cause, report, unrestored && { cause: unrestored });
  } catch (error) {
    recorded.end({ status: signal.aborted ? "ABORTED" : "FAILED", error: undefined, cause: undefined });
    if (!signal.aborted) throw error;
    throw await interruption(deployment, runId);
  }
};

const interruption = async (deployment: Deployment, runId: string): Promise<RunInterruptedError> => {
  const unrestored = await failureOf(deployment.restore(runId));
  return new RunInterruptedError(runId, unrestored === undefined, unrestored && { cause: unrestored });
};

const failureOf = async (work: Promise<void>): Promise<Error | undefined> => {
  try {
    await work;
    return undefined;
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
};

const resultOf = (output: unknown): TuneResult => {
  const dryRun = dryRunSchema.safeParse(output);
  return dryRun.success
    ? { kind: "dry-run", dryRun: dryRun.data }
    : { kind: "report", report: reportSchema.parse(output) };
};

/** A run can fail after its report is made: when something is left of it, or could not be applied. */
const reportIn = (event: HostEvent): Report | undefined => {
  if (event.kind !== "state-entered" || event.state.name !== "StoreReport") return undefined;
  const { input } = event;
  if (typeof input !== "object" || input === null || !("report" in input)) return undefined;
  return reportSchema.safeParse(input.report).data;
};

/** Sorts by time, and is a name that Step Functions takes. */
const newRunId = (): string =>
  `${new Date().toISOString().replaceAll(/[:.]/g, "-").slice(0, -5)}-${randomBytes(3).toString("hex")}`;
