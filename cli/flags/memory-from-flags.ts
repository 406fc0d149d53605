import { listOf, numeric } from "./flag.ts";
import { isJsonObject } from "./json-object.ts";
import type { GivenFlags, RequestPart } from "./request-from-flags.ts";

const rangeFlags = { "--memory-min": "minMb", "--memory-max": "maxMb", "--memory-step": "stepMb" } as const;

/**
 * The request's `memory` from its four flags: a list of sizes, or a range laid over the configured one.
 *
 * @param configured - The config's `memory`, unparsed.
 */
export const memoryFromFlags = (configured: unknown, given: GivenFlags): RequestPart => {
  const list = given.get("--memory");
  const range = Object.entries(rangeFlags).flatMap(([flag, key]) => {
    const value = given.get(flag);
    return value === undefined ? [] : [{ key, ...value }];
  });
  if (list !== undefined && range.length > 0) {
    const others = range.map(({ typedAs }) => typedAs).join(", ");
    return { typedAs: {}, faults: [`${list.typedAs} lists the sizes, so ${others} cannot be given with it.`] };
  }
  if (list !== undefined) {
    return {
      value: { sizesMb: listOf(numeric)(String(list.value)) },
      typedAs: { "": list.typedAs, sizesMb: list.typedAs },
      faults: [],
    };
  }
  if (range.length === 0) return { typedAs: {}, faults: [] };
  const base = isJsonObject(configured) && !("sizesMb" in configured) ? configured : {};
  return {
    value: { ...base, ...Object.fromEntries(range.map(({ key, value }) => [key, numeric(String(value))])) },
    typedAs: {
      "": range.map(({ typedAs }) => typedAs).join(" and "),
      ...Object.fromEntries(range.map(({ key, typedAs }) => [key, typedAs])),
    },
    faults: [],
  };
};
