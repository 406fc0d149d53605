import { statSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { z } from "zod";
import { InvalidRequestError } from "../../core/errors/invalid-request-error.ts";
import { describeFaults } from "../../core/request/describe-faults.ts";
import type { TuningRequest } from "../../core/request/schema.ts";
import type { Warning } from "../../core/warning.ts";
import type { FunctionHistory } from "../../local/endpoint/cloudwatch/production-history.ts";
import type { CodeTarget } from "../../local/sandbox/code-target.ts";
import type { Call } from "../command.ts";
import { type LocalSettings, localSchema } from "../config/config-schema.ts";
import type { ConfigFile } from "../config/load-config.ts";
import { awsFlags, regionFlag, runFlags } from "../flags/aws-flags.ts";
import { longName } from "../flags/flag.ts";
import { isTyped } from "../flags/flags-without-effect.ts";
import { isJsonObject, type JsonObject } from "../flags/json-object.ts";
import { type GivenFlags, valueOf } from "../flags/request-from-flags.ts";
import { localFlags } from "../flags/request-flags.ts";
import type { LocalTarget } from "./resolve-target.ts";
import { refusalOf, stateRequest } from "./stated-request.ts";

/** Everything that a run of a local target needs, checked. */
export interface PreparedRun {
  readonly functionName: string;
  readonly code: CodeTarget;
  readonly request: TuningRequest;
  /** Payloads that the request names as an object in S3, being too large for it. */
  readonly largePayloads?: string;
  readonly local: LocalSettings;
  /** Settings of the function that nobody stated: they are defaults of ours. */
  readonly assumed: readonly ("memorySizeMb" | "timeoutSeconds")[];
  readonly warnings: readonly Warning[];
  /** What the function has done in production, where a file says so. */
  readonly history?: FunctionHistory;
}

/**
 * Reads config, environment, flags and payload, and checks them together with the code that they are about.
 *
 * @throws {@link InvalidRequestError} with every fault of config and flags at once.
 */
export const prepareRun = async (target: LocalTarget, call: Call): Promise<PreparedRun> => {
  if (target.config !== undefined) call.notes.detail(`Config: ${target.config.name}`);
  const settings = localInput(target, call.given);
  const { request, local, warnings, ...apart } = await parseTogether(settings, target, call.given);
  // Only now: looking into the code takes a bundler, and a fault in a flag should be told at once.
  const code = await findCode(target, settings.input["handler"]);
  const functionName = target.name ?? code.name;
  const assumed = (["memorySizeMb", "timeoutSeconds"] as const).filter((key) => !(key in settings.input));
  const history = await historyOf(functionName, local, target, call.given);
  return {
    functionName,
    code,
    request: { ...request, functionArn: functionName },
    ...apart,
    local,
    assumed,
    warnings: [
      ...warnings,
      ...(history === undefined ? [] : [{ kind: "production-recorded" as const, file: basename(local.metrics ?? "") }]),
    ],
    ...(history === undefined ? {} : { history }),
  };
};

/** The past that `--metrics` gives, or the config, whose paths start from its own folder. */
const historyOf = async (
  functionName: string,
  { metrics }: LocalSettings,
  { config }: LocalTarget,
  given: GivenFlags,
): Promise<FunctionHistory | undefined> => {
  if (metrics === undefined) return undefined;
  const { readProductionHistory } = await import("../../local/endpoint/cloudwatch/read-production-history.ts");
  const flag = given.get("--metrics");
  const file = flag !== undefined || config === undefined ? metrics : resolve(config.folder, metrics);
  const histories = await readProductionHistory(file);
  const history = histories.get(functionName);
  if (history !== undefined) return history;
  const names = [...histories.keys()].join(", ");
  throw new InvalidRequestError([
    `${flag?.typedAs ?? inConfig("local.metrics", config)}: expected a history of ${functionName} in ${file}, got ${names === "" ? "none at all" : `one of ${names}`}.`,
  ]);
};

interface LocalInput {
  readonly input: JsonObject;
  readonly origins: ReadonlyMap<string, string>;
  readonly faults: readonly string[];
}

const localInput = (target: LocalTarget, given: GivenFlags): LocalInput => {
  const origins = new Map<string, string>();
  const stated: Record<string, unknown> = {};
  for (const flag of [...localFlags, regionFlag]) {
    const [key] = flag.path ?? [];
    const flagGiven = given.get(longName(flag));
    if (key === undefined || flagGiven === undefined) continue;
    stated[key] = valueOf(flag, flagGiven);
    origins.set(key, flagGiven.typedAs);
  }
  const input: JsonObject = { ...target.local, ...stated };
  const variables = given.get("--env");
  if (variables === undefined) return { input, origins, faults: [] };
  const pairs = typeof variables.value === "object" ? variables.value : [String(variables.value)];
  const faults = pairs
    .filter((pair) => !/^[A-Za-z_]\w*=/.test(pair))
    .map((pair) => `${variables.typedAs}: expected KEY=VALUE, got "${pair}".`);
  const added = Object.fromEntries(
    pairs.map((pair) => [pair.split("=", 1)[0] ?? "", pair.slice(pair.indexOf("=") + 1)]),
  );
  return { input: { ...input, environment: { ...Object(input["environment"]), ...added } }, origins, faults };
};

const parseTogether = async (
  settings: LocalInput,
  target: LocalTarget,
  given: GivenFlags,
): Promise<Pick<PreparedRun, "request" | "largePayloads" | "local" | "warnings">> => {
  const { input, parsed, faults, payloadError, ...apart } = await stateRequest(target, given, target.name ?? "local");
  const whole = { local: settings.input };
  const checked = wholeSchema.safeParse(whole);
  const all = [
    ...faults,
    ...settings.faults,
    ...(checked.success
      ? []
      : describeFaults(checked.error.issues, wholeSchema, whole, (path) => localName(path, settings, target))),
    ...applyFaults(given, input, target),
    ...awsFlagFaults(given),
  ];
  if (parsed !== undefined && checked.success && all.length === 0 && payloadError === undefined) {
    return { request: parsed.request, ...apart, warnings: parsed.warnings, local: checked.data.local };
  }
  throw refusalOf(all, payloadError);
};

/** As it stands in the config, so that faults are told by their place there. */
const wholeSchema = z.strictObject({ local: localSchema });

const localName = (path: readonly PropertyKey[], { origins }: LocalInput, { config }: LocalTarget): string => {
  const typedAs = origins.get(String(path[1]));
  if (typedAs !== undefined) return typedAs;
  return inConfig(path.map(String).join("."), config);
};

const applyFaults = (given: GivenFlags, input: JsonObject, { config }: LocalTarget): string[] => {
  const flag = given.get("--apply") ?? given.get("--alias");
  if (flag === undefined && input["apply"] === undefined) return [];
  return [
    `${flag?.typedAs ?? inConfig("apply", config)} changes a deployed function, and a path is none. Leave it out.`,
  ];
};

/** Only of the command line's own: the environment may say how AWS is reached for every run. */
const awsFlagFaults = (given: GivenFlags): string[] =>
  [...awsFlags, ...runFlags]
    .filter((flag) => flag !== regionFlag)
    .map(longName)
    .filter((name) => isTyped(name, given))
    .map((name) => `${name} is about runs in AWS, and a path is tuned on this machine. Leave it out.`);

const inConfig = (name: string, config: ConfigFile | undefined): string =>
  config === undefined ? name : `${name} (${config.name})`;

/** The code of a target, with the handler that config or flag name in either notation: `src/app.handler`, `src/app.mjs:handler`. */
const findCode = async (target: LocalTarget, handler: unknown): Promise<CodeTarget> => {
  const { resolveCodeTarget } = await import("../../local/sandbox/code-target.ts");
  const path = resolve(target.path);
  if (typeof handler !== "string" || handler === "" || isOwnHandler(target, handler))
    return resolveCodeTarget(target.path);
  const isFolder = statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
  if (!isFolder || !/[.:]/.test(handler)) return resolveCodeTarget(`${path}:${handler}`);
  const { parseHandler } = await import("../../local/sandbox/target/find-in-folder.ts");
  const { file, handlerExport } = parseHandler(target.path, path, handler);
  const code = await resolveCodeTarget(handlerExport === undefined ? file : `${file}:${handlerExport}`);
  return { ...code, rootFolder: path };
};

/** What the folder's own config file says about the handler, the resolver reads itself. */
const isOwnHandler = ({ path, config }: LocalTarget, handler: string): boolean => {
  if (config?.file !== join(resolve(path), "lambda-tuner.config.json")) return false;
  const local = config.document["local"];
  return isJsonObject(local) && local["handler"] === handler;
};
