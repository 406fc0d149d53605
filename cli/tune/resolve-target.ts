import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { InvalidRequestError } from "../../core/errors/invalid-request-error.ts";
import { findConfig } from "../config/find-config.ts";
import { type ConfigFile, loadConfig } from "../config/load-config.ts";
import { parseConfig, type TargetConfig } from "../config/parse-config.ts";
import { UsageError } from "../errors/usage-error.ts";
import { isJsonObject } from "../flags/json-object.ts";

/** A target as the command line meant it, with the part of the config that is about it. */
export type ResolvedTarget = LocalTarget | DeployedTarget;

interface ConfiguredTarget extends TargetConfig {
  readonly config?: ConfigFile;
  /** What is wrong with the config's form. */
  readonly faults: readonly string[];
}

/** Code on this machine. */
export interface LocalTarget extends ConfiguredTarget {
  readonly kind: "local";
  /** A path, `:handler` included where it was given. */
  readonly path: string;
  /** Name in the config file; absent when a path was given. */
  readonly name?: string;
}

/** A function in AWS. */
export interface DeployedTarget extends ConfiguredTarget {
  readonly kind: "deployed";
  /** Name, partial or full ARN, qualified or not. */
  readonly functionArn: string;
}

/**
 * Finds out what a target means: a name in the config file, a path, or the name or ARN of a deployed function.
 *
 * @param configPath - `--config`, where given.
 * @throws {@link UsageError} for a target that is none of them; {@link InvalidRequestError} for a named one whose entry
 *   does not say what it is.
 */
export const resolveTarget = async (target: string, configPath: string | undefined): Promise<ResolvedTarget> => {
  const config = await configOf(target, configPath);
  const parsed = config === undefined ? { request: {}, local: {}, functions: [], faults: [] } : parseConfig(config);
  const { faults } = parsed;
  const named = parsed.functions.find(({ name }) => name === target);
  if (config !== undefined && named !== undefined) {
    const { request, local } = named;
    return isFunctionName(named.target) && !existsSync(resolve(config.folder, named.target))
      ? { kind: "deployed", functionArn: named.target, request, local, config, faults }
      : { kind: "local", path: resolve(config.folder, named.target), name: named.name, request, local, config, faults };
  }
  if (config !== undefined && isNamedIn(config, target)) {
    throw new InvalidRequestError(faults, `The config file ${config.name}`);
  }
  const { request, local } = parsed;
  const common = { request, local, faults, ...(config === undefined ? {} : { config }) };
  if (looksLikePath(target)) return { kind: "local", path: target, ...common };
  if (isFunctionName(target)) return { kind: "deployed", functionArn: target, ...common };
  const names = parsed.functions.map(({ name }) => name);
  const known = names.length === 0 ? "" : ` The config names: ${names.join(", ")}.`;
  throw new UsageError(
    `There is no file or folder "${target}" here, and it cannot be the name or ARN of a Lambda function.${known} Give the path of a handler, such as ./handler.ts, or a function's name.`,
  );
};

const isNamedIn = ({ document: { functions } }: ConfigFile, target: string): boolean =>
  isJsonObject(functions) && Object.hasOwn(functions, target);

/** Name, partial or full ARN of a function, with or without a version or alias. */
const isFunctionName = (target: string): boolean =>
  /^(arn:[a-z-]+:lambda:[a-z0-9-]+:\d{12}:function:|\d{12}:function:)?[A-Za-z0-9_-]{1,64}(:[A-Za-z0-9_$-]{1,129})?$/.test(
    target,
  );

const configOf = async (target: string, configPath: string | undefined): Promise<ConfigFile | undefined> => {
  const path = configPath ?? findConfig(looksLikePath(target) ? withoutHandler(target) : undefined);
  return path === undefined ? undefined : loadConfig(path);
};

/** A path exists, or is written like one; an ARN never is. */
const looksLikePath = (target: string): boolean =>
  existsSync(target) ||
  (!target.startsWith("arn:") &&
    (/[\\/]|^\./.test(target) || existsSync(withoutHandler(target)) || hasCodeExtension(target)));

const hasCodeExtension = (target: string): boolean => /\.([mc]?[jt]s|py)(:[^/]*)?$/.test(target);

const withoutHandler = (target: string): string => (existsSync(target) ? target : target.replace(/:[^:/\\]*$/, ""));
