import { basename, extname } from "node:path";
import { InvalidRequestError } from "../../core/errors/invalid-request-error.ts";
import { type CodeTarget, resolveCodeTarget } from "../sandbox/code-target.ts";
import { createCodeRunner } from "../sandbox/code-runner.ts";
import { meanDurationMs } from "../simulation/mean-duration.ts";
import { readJsonFile } from "../simulation/read-json-file.ts";
import { createSimulatedRunner } from "../simulation/simulated-runner.ts";
import { readSimulationFile, type SimulationModel } from "../simulation/simulation-file.ts";
import { loadProductionHistory, parseProductionHistory } from "./cloudwatch/production-history.ts";
import { type Endpoint, type EndpointOptions, type FunctionDefinition, startEndpoint } from "./start-endpoint.ts";

/** What `lambda-tuner serve` was asked for, as the user typed it. */
export interface ServeOptions
  extends Pick<EndpointOptions, "port" | "region" | "accountId" | "objectsFolder" | "account" | "controlPlaneDelayMs"> {
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
}

/** The endpoint on its own, serving. */
export interface Serving {
  readonly url: string;
  /** Names of the functions. */
  readonly functions: readonly string[];
  /** What a reader must know about the CPU shares of code, one sentence each. */
  readonly notes: readonly string[];
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
  const plan = await planOf(options);
  const endpoint = await startEndpoint(options);
  try {
    const notes: string[] = [];
    for (const { definition, target } of plan.code) {
      const runner = await createCodeRunner(target);
      notes.push(...(runner.cpu?.notes ?? []));
      endpoint.registerFunction(definition, runner);
    }
    for (const { definition, model } of plan.simulated) {
      endpoint.registerFunction(definition, createSimulatedRunner(model, options.seed ?? 1));
    }
    for (const [name, history] of plan.histories) {
      loadProductionHistory(endpoint.metrics, name, history, Date.now());
    }
    return {
      url: endpoint.url,
      functions: plan.names,
      notes: [...new Set(notes)],
      endpoint,
      close: () => endpoint.close(),
    };
  } catch (error) {
    await endpoint.close();
    throw error;
  }
};

/** Everything that can be wrong with the options is found before anything starts. */
const planOf = async (options: ServeOptions) => {
  requireWhole("--port", options.port ?? 0, 65_535, " (any that is free)");
  requireWhole("--seed", options.seed ?? 1, 2 ** 32 - 1, "");
  const logFormat = logFormatOf(options.logFormat ?? "text");
  const assignments = [
    ...(options.functions ?? []).map((text) => assignmentOf("--function", text)),
    ...(options.simulations ?? []).map((text) => assignmentOf("--simulate", text)),
  ];
  const names = assignments.map(({ name }) => name);
  requireDistinct(names);
  const code = await Promise.all(
    assignments
      .filter(({ flag }) => flag === "--function")
      .map(async ({ name, value }) => {
        const target = await resolveCodeTarget(value);
        return { target, definition: codeDefinition(name, target, logFormat) };
      }),
  );
  const simulated = await Promise.all(
    assignments
      .filter(({ flag }) => flag === "--simulate")
      .map(async ({ name, value }) => {
        const model = await readSimulationFile(value);
        return { model, definition: simulatedDefinition(name, model, logFormat) };
      }),
  );
  return { names, code, simulated, histories: await historiesOf(options.metricsFile) };
};

/** Memory that served functions start with: their clients change it as they like. */
const startMemoryMb = 1024;

const codeDefinition = (functionName: string, target: CodeTarget, logFormat: "Text" | "JSON"): FunctionDefinition => ({
  functionName,
  runtime: runtimes[target.runtime],
  handler:
    target.handlerExport === ""
      ? basename(target.file)
      : `${basename(target.file, extname(target.file))}.${target.handlerExport}`,
  architecture: process.arch === "arm64" ? "arm64" : "x86_64",
  memorySizeMb: startMemoryMb,
  timeoutSeconds: 60,
  logFormat,
  codeSha256: target.codeSha256,
});

const runtimes = { nodejs: "nodejs24.x", python: "python3.13", provided: "provided.al2023" } as const;

const simulatedDefinition = (
  functionName: string,
  model: SimulationModel,
  logFormat: "Text" | "JSON",
): FunctionDefinition => ({
  functionName,
  memorySizeMb: Math.max(startMemoryMb, Math.ceil(model.outOfMemoryBelowMb)),
  // An outlier at the smallest size takes up to six times its mean: nothing is cut off unless a client asks for it.
  timeoutSeconds: meanDurationMs(model, 128) * 6 > 60_000 ? 900 : 60,
  logFormat,
});

const requireWhole = (flag: string, value: number, most: number, meaningOfZero: string): void => {
  if (Number.isInteger(value) && value >= 0 && value <= most) return;
  throw new InvalidRequestError(
    [`${flag}: expected a whole number from 0${meaningOfZero} to ${most}, got ${value}.`],
    "The command",
  );
};

const logFormatOf = (text: string): "Text" | "JSON" => {
  if (text.toLowerCase() === "text") return "Text";
  if (text.toLowerCase() === "json") return "JSON";
  throw new InvalidRequestError([`--log-format: expected text or json, got ${text}.`], "The command");
};

const assignmentOf = (flag: "--function" | "--simulate", text: string) => {
  const match = /^(?<name>[A-Za-z0-9-_]{1,64})=(?<value>.+)$/s.exec(text)?.groups;
  const { name, value } = match ?? {};
  if (name !== undefined && value !== undefined) return { flag, name, value };
  const form = flag === "--function" ? "NAME=PATH or NAME=PATH:HANDLER" : "NAME=FILE";
  throw new InvalidRequestError(
    [`${flag}: expected ${form}, where NAME has 1 to 64 letters, digits, - or _, got ${JSON.stringify(text)}.`],
    "The command",
  );
};

const requireDistinct = (names: readonly string[]): void => {
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice === undefined) return;
  throw new InvalidRequestError(
    [`--function, --simulate: expected every name once, got ${twice} twice. Give each function a name of its own.`],
    "The command",
  );
};

const historiesOf = async (file: string | undefined) => {
  if (file === undefined) return new Map<string, never>();
  const subject = `The metrics file ${file}`;
  return parseProductionHistory(await readJsonFile(file, subject), subject);
};
