import { basename, extname } from "node:path";
import { InvalidRequestError } from "../../core/errors/invalid-request-error.ts";
import type { EngineTarget } from "../engine-options.ts";
import { type CodeTarget, resolveCodeTarget } from "../sandbox/code-target.ts";
import { meanDurationMs } from "../simulation/mean-duration.ts";
import { readSimulationFile, type SimulationModel } from "../simulation/simulation-file.ts";
import type { FunctionHistory } from "./cloudwatch/production-history.ts";
import { readProductionHistory } from "./cloudwatch/read-production-history.ts";
import type { ServeOptions } from "./serve.ts";

/** What is to be served: the options, read and checked. */
export interface ServePlan {
  /** Names of the functions, code first. */
  readonly names: readonly string[];
  readonly targets: readonly EngineTarget[];
  /** By function name. */
  readonly histories: ReadonlyMap<string, FunctionHistory>;
}

/**
 * Finds everything that can be wrong with the options before anything starts.
 *
 * @throws {@link InvalidRequestError} for faults of the options, the simulation files or the metrics file.
 * @throws {@link InvalidTargetError} when a path holds no function.
 */
export const planServing = async (options: ServeOptions): Promise<ServePlan> => {
  requireWhole("--port", options.port ?? 0, 65_535, " (any that is free)");
  requireWhole("--seed", options.seed ?? 1, 2 ** 32 - 1, "");
  const logFormat = logFormatOf(options.logFormat ?? "text");
  const code = (options.functions ?? []).map((text) => assignmentOf("--function", text));
  const simulated = (options.simulations ?? []).map((text) => assignmentOf("--simulate", text));
  const names = [...code, ...simulated].map(({ name }) => name);
  requireDistinct(names);
  const targets = await Promise.all([
    ...code.map(async ({ name, value }) => codeTarget(name, await resolveCodeTarget(value), logFormat)),
    ...simulated.map(async ({ name, value }) =>
      simulatedTarget(name, await readSimulationFile(value), logFormat, options.seed ?? 1),
    ),
  ]);
  return { names, targets, histories: await historiesOf(options.metricsFile) };
};

/** Memory that served functions start with: their clients change it as they like. */
const startMemoryMb = 1024;

const codeTarget = (name: string, target: CodeTarget, logFormat: "Text" | "JSON"): EngineTarget => ({
  code: { ...target, name },
  settings: {
    handler:
      target.handlerExport === ""
        ? basename(target.file)
        : `${basename(target.file, extname(target.file))}.${target.handlerExport}`,
    architecture: process.arch === "arm64" ? "arm64" : "x86_64",
    memorySizeMb: startMemoryMb,
    timeoutSeconds: 60,
    logFormat,
  },
});

const simulatedTarget = (
  name: string,
  simulation: SimulationModel,
  logFormat: "Text" | "JSON",
  seed: number,
): EngineTarget => ({
  name,
  simulation,
  seed,
  settings: {
    memorySizeMb: Math.max(startMemoryMb, Math.ceil(simulation.outOfMemoryBelowMb)),
    // An outlier at the smallest size takes up to six times its mean: nothing is cut off unless a client asks for it.
    timeoutSeconds: meanDurationMs(simulation, 128) * 6 > 60_000 ? 900 : 60,
    logFormat,
  },
});

const requireWhole = (flag: string, value: number, most: number, meaningOfZero: string): void => {
  if (Number.isInteger(value) && value >= 0 && value <= most) return;
  throw invalid(`${flag}: expected a whole number from 0${meaningOfZero} to ${most}, got ${value}.`);
};

const logFormatOf = (text: string): "Text" | "JSON" => {
  if (text.toLowerCase() === "text") return "Text";
  if (text.toLowerCase() === "json") return "JSON";
  throw invalid(`--log-format: expected text or json, got ${text}.`);
};

const assignmentOf = (flag: "--function" | "--simulate", text: string): { name: string; value: string } => {
  const { name, value } = /^(?<name>[A-Za-z0-9-_]{1,64})=(?<value>.+)$/s.exec(text)?.groups ?? {};
  if (name !== undefined && value !== undefined) return { name, value };
  const form = flag === "--function" ? "NAME=PATH or NAME=PATH:HANDLER" : "NAME=FILE";
  throw invalid(
    `${flag}: expected ${form}, where NAME has 1 to 64 letters, digits, - or _, got ${JSON.stringify(text)}.`,
  );
};

const requireDistinct = (names: readonly string[]): void => {
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice === undefined) return;
  throw invalid(
    `--function, --simulate: expected every name once, got ${twice} twice. Give each function a name of its own.`,
  );
};

const invalid = (fault: string): InvalidRequestError => new InvalidRequestError([fault], "The command");

const historiesOf = async (file: string | undefined): Promise<ServePlan["histories"]> =>
  file === undefined ? new Map() : readProductionHistory(file);
