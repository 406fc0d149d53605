import type { PathNames } from "../../core/request/describe-faults.ts";
import type { Flag } from "./flag.ts";
import { longName } from "./flag.ts";
import { type JsonObject, isJsonObject, withValueAt } from "./json-object.ts";
import { memoryFromFlags } from "./memory-from-flags.ts";
import { objectiveFromFlags } from "./objective-from-flags.ts";
import { requestFlags } from "./request-flags.ts";

/** Flag values as typed, by long name: `--memory-min`. Only those that were given. */
export type GivenFlags = ReadonlyMap<string, GivenFlag>;

export interface GivenFlag {
  /** Text, a list for flags that repeat, or whether a flag without a value is set. */
  readonly value: string | readonly string[] | boolean;
  /** What the user typed it as: the flag, or the environment variable. */
  readonly typedAs: string;
}

/** An unparsed request, with the names under which the user gave its parts, and what the flags alone got wrong. */
export interface RequestInput {
  readonly input: JsonObject;
  readonly names: PathNames;
  readonly faults: readonly string[];
}

/** Parts of a request that one or more flags decide together. */
export interface RequestPart {
  readonly value?: unknown;
  /** The flag behind each path within the part; "" is the part itself. */
  readonly typedAs: Readonly<Record<string, string>>;
  readonly faults: readonly string[];
}

/**
 * Lays the flags over the request that the config holds.
 *
 * @param config - Request keys of the config file, empty without one.
 * @param given - Flags and environment variables.
 * @param configName - What to call the config file in messages; absent without one.
 */
export const requestFromFlags = (config: JsonObject, given: GivenFlags, configName?: string): RequestInput => {
  const origins = new Map<string, string>();
  const faults: string[] = [];
  let input = config;
  for (const flag of requestFlags) {
    const flagGiven = given.get(longName(flag));
    if (flag.path === undefined || flagGiven === undefined) continue;
    input = withValueAt(input, flag.path, valueOf(flag, flagGiven));
    origins.set(flag.path.join("."), flagGiven.typedAs);
  }
  for (const [key, part] of Object.entries({
    objective: objectiveFromFlags(config["objective"], given),
    memory: memoryFromFlags(config["memory"], given),
    apply: applyFromFlags(input["apply"], given),
  })) {
    if ("value" in part) input = { ...input, [key]: part.value };
    for (const [path, typedAs] of Object.entries(part.typedAs))
      origins.set(path === "" ? key : `${key}.${path}`, typedAs);
    faults.push(...part.faults);
  }
  return { input, names: namesFrom(origins, configName), faults };
};

/** The value of a flag, read from its text. */
export const valueOf = (flag: Flag, { value }: GivenFlag): unknown =>
  typeof value === "string" && flag.read !== undefined ? flag.read(value) : value;

const applyFromFlags = (configured: unknown, given: GivenFlags): RequestPart => {
  const flag = given.get("--apply");
  if (flag === undefined) return { typedAs: {}, faults: [] };
  const wanted = String(flag.value)
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");
  const unknown = wanted.filter((name) => name !== "memory" && name !== "timeout");
  if (unknown.length > 0 || wanted.length === 0) {
    const faults = [
      `${flag.typedAs}: expected memory, timeout or both as memory,timeout, got "${String(flag.value)}".`,
    ];
    return { typedAs: {}, faults };
  }
  const base = isJsonObject(configured) ? configured : {};
  return {
    value: { ...base, memory: wanted.includes("memory"), timeout: wanted.includes("timeout") },
    typedAs: { "": flag.typedAs },
    faults: [],
  };
};

const namesFrom =
  (origins: ReadonlyMap<string, string>, configName: string | undefined): PathNames =>
  (path) => {
    for (let length = path.length; length > 0; length--) {
      const typedAs = origins.get(path.slice(0, length).join("."));
      if (typedAs === undefined) continue;
      const rest = path.slice(length);
      return rest.length === 0 ? typedAs : `${typedAs}, ${rest.map(step).join(" ")}`;
    }
    const dotted = path.map((part) => (typeof part === "number" ? `[${part}]` : `.${String(part)}`)).join("");
    const name = dotted === "" ? "the request" : dotted.replace(/^\./, "");
    return configName === undefined ? name : `${name} (${configName})`;
  };

const step = (part: PropertyKey): string => (typeof part === "number" ? `entry ${part + 1}` : String(part));
