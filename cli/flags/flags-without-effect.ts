import { parseRequest } from "../../core/request/parse-request.ts";
import { isJsonObject, type JsonObject } from "./json-object.ts";
import type { GivenFlags } from "./request-from-flags.ts";

/** Flags that count with one value of another setting alone. */
const dependentFlags = [
  { flag: "--invocations", on: "--method", setting: "method", path: ["sampling", "method"], value: "fixed" },
  { flag: "--preset", on: "--method", setting: "method", path: ["sampling", "method"], value: "adaptive" },
  ...["--timeout-percentile", "--timeout-margin"].map((flag) => ({
    flag,
    on: "--timeout-policy",
    setting: "timeout policy",
    path: ["timeout", "policy"],
    value: "p99",
  })),
];

/**
 * Faults of flags that change nothing with the other settings. Only of the command line's own: what environment and config
 * say may be meant for another run.
 *
 * @param input - The request that flags, environment and config make, not parsed yet.
 */
export const flagsWithoutEffect = (input: JsonObject, given: GivenFlags): string[] => {
  const { request: defaults } = parseRequest({ functionArn: "any" });
  return dependentFlags.flatMap(({ flag, on, setting, path, value }) => {
    const actual = valueAt(input, path) ?? valueAt(defaults, path);
    if (!isTyped(flag, given) || actual === value) return [];
    return [
      `${flag} belongs to the ${setting} ${value}, but the ${setting} is ${String(actual)}. Add ${on} ${value}, or leave it out.`,
    ];
  });
};

/** Whether a flag stands on the command line, as opposed to the environment. */
export const isTyped = (flag: string, given: GivenFlags): boolean => given.get(flag)?.typedAs === flag;

const valueAt = (object: unknown, path: readonly string[]): unknown =>
  path.reduce<unknown>((value, key) => (isJsonObject(value) ? value[key] : undefined), object);
