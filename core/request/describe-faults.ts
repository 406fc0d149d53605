import type { z } from "zod";
import { closestName } from "./closest-name.ts";
import { knownKeys } from "./known-keys.ts";

type Issue = z.core.$ZodIssue;

/** Calls a path by the name under which the user typed it: a flag, or a dotted path. */
export type PathNames = (path: readonly PropertyKey[]) => string;

interface Context {
  readonly schema: z.ZodType;
  readonly input: unknown;
  readonly names: PathNames;
}

/**
 * Words each fault of an invalid input: where, what was expected, what came, what to do.
 *
 * @param issues - As zod found them; all of them, not the first.
 * @param schema - What the input was parsed with, to suggest keys.
 * @param input - The input they are about, to say what came.
 * @param names - By default a path is called by its dotted form.
 */
export const describeFaults = (
  issues: readonly Issue[],
  schema: z.ZodType,
  input: unknown,
  names: PathNames = dotted,
): string[] => [...new Set(issues.flatMap((issue) => describe(issue, [], { schema, input, names })))];

const describe = (issue: Issue, parents: readonly PropertyKey[], context: Context): string[] => {
  const path = [...parents, ...issue.path];
  const where = context.names(path);
  const came = valueAt(context.input, path);
  switch (issue.code) {
    case "unrecognized_keys":
      return issue.keys.map((key) => describeUnknownKey(key, path, context));
    case "invalid_union":
      return issue.errors.length === 0
        ? [describeDiscriminator(issue, where, came)]
        : closestBranch(issue.errors, came).flatMap((inner) => describe(inner, path, context));
    case "invalid_value":
      return [
        `${where}: expected ${oneOf(issue.values.map(String))}, got ${show(came)}.${suggestion(came, issue.values)}`,
      ];
    case "too_small":
      return [
        `${where}: expected ${quantity(issue.origin, issue.inclusive === false ? "more than" : "at least", issue.minimum, path)}, got ${size(issue.origin, came, path)}.`,
      ];
    case "too_big":
      return [
        `${where}: expected ${quantity(issue.origin, issue.inclusive === false ? "less than" : "at most", issue.maximum, path)}, got ${size(issue.origin, came, path)}.`,
      ];
    case "invalid_type":
      return [`${where}: expected ${article(issue.expected)}, got ${came === undefined ? "nothing" : show(came)}.`];
    case "custom":
      return [`${where}: ${issue.message}.`];
    default:
      return [`${where}: ${issue.message}, got ${show(came)}.`];
  }
};

const describeUnknownKey = (key: string, path: readonly PropertyKey[], context: Context): string => {
  const known = knownKeys(context.schema, path);
  const meant = closestName(key, known);
  const there = path.length === 0 ? "" : ` in ${context.names(path)}`;
  return meant === undefined
    ? `Unknown key "${key}"${there}: expected one of ${known.join(", ")}.`
    : `Unknown key "${key}"${there}: did you mean "${meant}"?`;
};

const describeDiscriminator = (issue: Issue, where: string, came: unknown): string => {
  const options = "options" in issue && Array.isArray(issue.options) ? issue.options.map(String) : [];
  return `${where}: expected ${oneOf(options)}, got ${show(came)}.${suggestion(came, options)}`;
};

/**
 * The faults of the alternative that the user most likely meant: of the right type first, then with the fewest faults.
 *
 * When a wrong key stands where a required one is missing, the wrong key alone is worth saying.
 */
const closestBranch = (branches: readonly (readonly Issue[])[], came: unknown): readonly Issue[] => {
  const cost = (issue: Issue): number => {
    if (issue.path.length === 0 && ["invalid_type", "invalid_value"].includes(issue.code)) {
      return typeof came === "string" && issue.code === "invalid_value" ? 1 : 1000;
    }
    if (issue.code === "unrecognized_keys") return 5 * issue.keys.length;
    return isMissing(issue, came) ? 10 : 1;
  };
  const [best = []] = branches.toSorted((a, b) => sumOf(a, cost) - sumOf(b, cost));
  const unknown = best.filter((issue) => issue.code === "unrecognized_keys");
  return unknown.length > 0 ? best.filter((issue) => !isMissing(issue, came)) : best;
};

const isMissing = (issue: Issue, came: unknown): boolean =>
  issue.path.length > 0 && valueAt(came, issue.path) === undefined;

const sumOf = (issues: readonly Issue[], cost: (issue: Issue) => number): number =>
  issues.reduce((sum, issue) => sum + cost(issue), 0);

const dotted = (path: readonly PropertyKey[]): string =>
  path.length === 0
    ? "request"
    : path
        .map((step) => (typeof step === "number" ? `[${step}]` : `.${String(step)}`))
        .join("")
        .replace(/^\./, "");

const valueAt = (input: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>(
    (value, step) => (typeof value === "object" && value !== null ? Reflect.get(value, step) : undefined),
    input,
  );

const show = (value: unknown): string => {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
};

const suggestion = (came: unknown, values: readonly unknown[]): string => {
  const meant = typeof came === "string" ? closestName(came, values.map(String)) : undefined;
  return meant === undefined ? "" : ` Did you mean "${meant}"?`;
};

const oneOf = (values: readonly string[]): string =>
  values.length === 1 ? `${values[0]}` : `one of ${values.join(", ")}`;

const units: Readonly<Record<string, string>> = { array: " entries", string: " characters", object: " keys" };

const quantity = (origin: string, bound: string, limit: number | bigint, path: readonly PropertyKey[]): string =>
  `${bound} ${limit}${units[origin] ?? unitOf(path)}`;

const size = (origin: string, came: unknown, path: readonly PropertyKey[]): string => {
  const length = came === null || came === undefined ? undefined : (Reflect.get(Object(came), "length") as unknown);
  return origin in units && typeof length === "number" ? `${length}` : `${show(came)}${unitOf(path)}`;
};

/** Milliseconds are said: a flag for them takes seconds too, and `29` is easily meant as such. */
const unitOf = (path: readonly PropertyKey[]): string => (String(path.at(-1)).endsWith("Ms") ? " ms" : "");

const article = (type: string): string => {
  if (type === "int") return "a whole number";
  return /^[aeiou]/.test(type) ? `an ${type}` : `a ${type}`;
};
