import type { EngineFacts } from "../../functions/engine-facts.ts";
import { readyTarget } from "../engine-targets.ts";
import { loadProductionHistory } from "./cloudwatch/production-history.ts";
import { planServing, type ServePlan } from "./serve-plan.ts";
import { type Endpoint, type EndpointOptions, startEndpoint } from "./start-endpoint.ts";

/** What `lambda-tuner serve` was asked for, as the user typed it. */
export interface ServeOptions
  extends Pick<
    EndpointOptions,
    "port" | "region" | "accountId" | "objectsFolder" | "account" | "controlPlaneDelayMs" | "onInvocation" | "onEvent"
  > {
  /** Code to serve, each as `NAME=PATH[:HANDLER]`. */
  readonly functions?: readonly string[];
  /** Simulations to serve, each as `NAME=FILE`. */
  readonly simulations?: readonly string[];
  /** `text` (default) or `json`. */
  readonly logFormat?: string;
  /** Of every simulation. Default: 1. */
  readonly seed?: number;
  /** File with what the functions have done in production. */
  readonly metricsFile?: string;
  /** Whether lambda-tuner itself is installed in the account that the endpoint plays. Default: false. */
  readonly stack?: boolean;
}

/** The endpoint on its own, serving. */
export interface Serving {
  readonly url: string;
  /** Names of the functions. */
  readonly functions: readonly string[];
  /** What a reader must know about the CPU shares of code and about the metrics file, one sentence each. */
  readonly notes: readonly string[];
  /** Of the installed lambda-tuner; absent without one. */
  readonly stateMachineArn?: string;
  readonly endpoint: Endpoint;
  close(): Promise<void>;
}

/**
 * Starts the endpoint with functions of code and simulated ones.
 *
 * @throws {@link InvalidRequestError} for faults of the options, the simulation files or the metrics file.
 * @throws {@link InvalidTargetError} when a path holds no function.
 * @throws {@link PortInUseError} when the port is taken.
 */
export const serve = async (options: ServeOptions): Promise<Serving> => {
  const plan = await planServing(options);
  const endpoint = await startEndpoint(options);
  try {
    const { notes, facts } = await registerTargets(endpoint, plan);
    for (const [name, history] of plan.histories) {
      loadProductionHistory(endpoint.metrics, name, history, Date.now());
    }
    return {
      url: endpoint.url,
      functions: plan.names,
      notes: [...notes, ...unusedHistories(plan)],
      ...(options.stack === true && { stateMachineArn: await install(endpoint, facts) }),
      endpoint,
      close: async () => endpoint.close(),
    };
  } catch (error) {
    await endpoint.close();
    throw error;
  }
};

const registerTargets = async (
  endpoint: Endpoint,
  { targets }: ServePlan,
): Promise<{ readonly notes: readonly string[]; readonly facts: ReadonlyMap<string, () => EngineFacts> }> => {
  const notes = new Set<string>();
  const facts = new Map<string, () => EngineFacts>();
  for (const target of targets) {
    const ready = await readyTarget(target, { targets: [] });
    for (const note of ready.runner.cpu?.notes ?? []) notes.add(note);
    facts.set(ready.definition.functionName, ready.facts);
    endpoint.registerFunction(ready.definition, ready.runner);
  }
  return { notes: [...notes], facts };
};

const unusedHistories = ({ names, histories }: ServePlan): readonly string[] => {
  const unused = [...histories.keys()].filter((name) => !names.includes(name));
  return unused.length === 0
    ? []
    : [`The metrics file gives a past to ${unused.join(", ")}, which this does not serve (${names.join(", ")}).`];
};

/** The tuner's functions load the SDK's clients: only who asks for the stack waits for that. */
const install = async (endpoint: Endpoint, facts: ReadonlyMap<string, () => EngineFacts>): Promise<string> => {
  const { installTuner } = await import("./install-tuner.ts");
  return installTuner(endpoint, (functionName) => facts.get(functionName)?.());
};
