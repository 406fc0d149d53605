import { closestName } from "../../core/request/closest-name.ts";
import { isJsonObject, type JsonObject } from "../flags/json-object.ts";
import { configSchema } from "./config-schema.ts";
import type { ConfigFile } from "./load-config.ts";

/** The parts of a config file that bear on one target, their values still unparsed. */
export interface TargetConfig {
  /** Keys of the request. */
  readonly request: JsonObject;
  /** Settings of a local target. */
  readonly local: JsonObject;
}

/** A target that a config file names. */
export interface NamedTarget extends TargetConfig {
  readonly name: string;
  readonly target: string;
}

/** A config file taken apart. */
export interface ParsedConfig extends TargetConfig {
  readonly functions: readonly NamedTarget[];
  /** Unknown keys, and parts that have the wrong form; they are told together with the faults of the values. */
  readonly faults: readonly string[];
}

const ownKeys = ["$schema", "local", "functions"];

/** Takes a config file apart; the values of the request are parsed together with the flags, later. */
export const parseConfig = ({ document, name }: ConfigFile): ParsedConfig => {
  const requestKeys = Object.keys(configSchema.shape).filter((key) => !ownKeys.includes(key));
  const faults = unknownKeys(document, [...requestKeys, ...ownKeys], name);
  const local = objectAt(document, "local", name, faults);
  const entries = Object.entries(objectAt(document, "functions", name, faults));
  const common = only(document, requestKeys);
  const functions = entries.flatMap(([functionName, entry]): NamedTarget[] => {
    const where = `functions.${functionName} (${name})`;
    if (!isJsonObject(entry) || typeof entry["target"] !== "string") {
      faults.push(`${where}: expected an object with a target, such as {"target": "./handler.ts"}.`);
      return [];
    }
    faults.push(...unknownKeys(entry, [...requestKeys, "target", "local"], where));
    return [
      {
        name: functionName,
        target: entry["target"],
        request: { ...common, ...only(entry, requestKeys) },
        local: { ...local, ...objectAt(entry, "local", where, faults) },
      },
    ];
  });
  return { request: common, local, functions, faults };
};

const objectAt = (document: JsonObject, key: string, where: string, faults: string[]): JsonObject => {
  const value = document[key] ?? {};
  if (isJsonObject(value)) return value;
  faults.push(`${key} in ${where}: expected an object, got ${JSON.stringify(value)}.`);
  return {};
};

const unknownKeys = (object: JsonObject, known: readonly string[], where: string): string[] =>
  Object.keys(object)
    .filter((key) => !known.includes(key))
    .map((key) => {
      const meant = closestName(key, known);
      return meant === undefined
        ? `Unknown key "${key}" in ${where}: expected one of ${known.join(", ")}.`
        : `Unknown key "${key}" in ${where}: did you mean "${meant}"?`;
    });

const only = (object: JsonObject, keys: readonly string[]): JsonObject =>
  Object.fromEntries(Object.entries(object).filter(([key]) => keys.includes(key)));
