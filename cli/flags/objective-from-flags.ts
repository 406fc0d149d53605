import { milliseconds, numeric } from "./flag.ts";
import { isJsonObject, type JsonObject } from "./json-object.ts";
import type { GivenFlags, RequestPart } from "./request-from-flags.ts";

/** Flags that belong to one objective: the objective, and the key they set. */
const numberFlags = {
  "--tolerance-percent": { kind: "speed", key: "toleranceP" },
  "--weight": { kind: "balanced", key: "weight" },
} as const;

/**
 * The request's `objective` from `--objective` and the flags that refine it.
 *
 * A refining flag implies its objective unless another one is asked for by flag.
 *
 * @param configured - The config's `objective`, unparsed.
 */
export const objectiveFromFlags = (configured: unknown, given: GivenFlags): RequestPart => {
  const asked = given.get("--objective");
  const refinements = refinementsFrom(given);
  if (asked === undefined && refinements.length === 0) return { typedAs: {}, faults: [] };
  const kind = asked === undefined ? refinements[0]?.kind : String(asked.value);
  const faults = [
    ...refinements.filter((other) => other.kind !== kind).map((other) => foreign(other, asked?.typedAs, kind)),
    ...refinements.flatMap((refinement) => refinement.faults),
  ];
  const base = isJsonObject(configured) && configured["kind"] === kind ? configured : {};
  if (kind === "slo" && refinements.length === 0 && !("durationMs" in base)) {
    faults.push(`${asked?.typedAs ?? "--objective"} slo needs a limit: add --slo p95=300ms.`);
  }
  if (faults.length > 0) return { typedAs: {}, faults };
  const values: JsonObject = Object.assign({}, ...refinements.map(({ value }) => value));
  return {
    value: { ...base, kind, ...values },
    typedAs: Object.fromEntries([
      ["kind", asked?.typedAs ?? refinements[0]?.typedAs ?? "--objective"],
      ["", asked?.typedAs ?? refinements[0]?.typedAs ?? "--objective"],
      ...refinements.flatMap(({ value, typedAs }) => Object.keys(value).map((key) => [key, typedAs])),
    ]),
    faults: [],
  };
};

interface Refinement {
  readonly kind: "speed" | "balanced" | "slo";
  readonly typedAs: string;
  readonly value: JsonObject;
  readonly faults: readonly string[];
}

const refinementsFrom = (given: GivenFlags): Refinement[] => {
  const numbers = Object.entries(numberFlags).flatMap(([flag, { kind, key }]): Refinement[] => {
    const value = given.get(flag);
    if (value === undefined) return [];
    return [{ kind, typedAs: value.typedAs, value: { [key]: numeric(String(value.value)) }, faults: [] }];
  });
  const slo = given.get("--slo");
  return slo === undefined ? numbers : [...numbers, sloFrom(String(slo.value), slo.typedAs)];
};

const sloFrom = (text: string, typedAs: string): Refinement => {
  const [, percentile, limit = ""] = /^p(50|90|95|99)=(.+)$/i.exec(text.trim()) ?? [];
  const durationMs = milliseconds(limit);
  if (percentile === undefined || typeof durationMs !== "number") {
    const fault = `${typedAs}: expected p50, p90, p95 or p99 and a duration, such as p95=300ms, got "${text}".`;
    return { kind: "slo", typedAs, value: {}, faults: [fault] };
  }
  return { kind: "slo", typedAs, value: { percentile: Number(percentile), durationMs }, faults: [] };
};

const foreign = (refinement: Refinement, askedAs: string | undefined, kind: string | undefined): string =>
  `${refinement.typedAs} belongs to the objective ${refinement.kind}, but ${askedAs ?? "another flag"} asks for ${kind ?? "another"}.`;
