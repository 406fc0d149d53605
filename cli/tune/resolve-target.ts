import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { findConfig } from "../config/find-config.ts";
import { type ConfigFile, loadConfig } from "../config/load-config.ts";
import { parseConfig, type TargetConfig } from "../config/parse-config.ts";
import { UsageError } from "../errors/usage-error.ts";

/** A target as the command line meant it, with the part of the config that is about it. */
export interface ResolvedTarget extends TargetConfig {
  /** A path, `:handler` included where it was given. */
  readonly path: string;
  /** Name in the config file; absent when a path was given. */
  readonly name?: string;
  readonly config?: ConfigFile;
}

/**
 * Finds out what a target means: a name in the config file, or a path.
 *
 * @param configPath - `--config`, where given.
 * @throws {@link UsageError} for a target that is neither.
 */
export const resolveTarget = async (target: string, configPath: string | undefined): Promise<ResolvedTarget> => {
  const config = await configOf(target, configPath);
  const parsed = config === undefined ? { request: {}, local: {}, functions: [] } : parseConfig(config);
  const named = parsed.functions.find(({ name }) => name === target);
  if (config !== undefined && named !== undefined) {
    return {
      path: resolve(config.folder, named.target),
      name: named.name,
      request: named.request,
      local: named.local,
      config,
    };
  }
  if (!looksLikePath(target)) {
    const names = parsed.functions.map(({ name }) => name);
    const known = names.length === 0 ? "" : ` The config names: ${names.join(", ")}.`;
    throw new UsageError(
      `There is no file or folder "${target}" here.${known} The name or ARN of a deployed function needs the AWS engine, which this version does not have yet: give the path of a handler, such as ./handler.ts.`,
    );
  }
  return { path: target, request: parsed.request, local: parsed.local, ...(config === undefined ? {} : { config }) };
};

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
