import type { z } from "zod";
import { reportSchema, schemaVersion, type Report } from "../../core/report/schema.ts";
import { UsageError } from "../errors/usage-error.ts";
import { isJsonObject } from "../flags/json-object.ts";

/** A report as it was read: checked, and the document itself with whatever a newer version added. */
export interface ReadReport {
  readonly report: Report;
  readonly document: unknown;
}

/**
 * Reads a report of this major version; fields that a newer minor version added are tolerated.
 *
 * @param text - JSON.
 * @param from - What to call the source in messages.
 * @throws {@link UsageError} when it is no report of this version.
 */
export const parseReport = (text: string, from: string): ReadReport => {
  const document = parsed(text, from);
  const version = isJsonObject(document) ? document["schemaVersion"] : undefined;
  if (isJsonObject(document) && isJsonObject(document["error"])) {
    throw new UsageError(`${from} holds a failure, not a report: ${String(document["error"]["message"])}`);
  }
  if (typeof version !== "number") {
    throw new UsageError(`${from} is not a report of lambda-tuner: it has no schemaVersion.`);
  }
  if (version !== schemaVersion) {
    throw new UsageError(
      `${from} has schemaVersion ${version}, and this version of lambda-tuner reads ${schemaVersion}. Use the version that wrote it.`,
    );
  }
  return { report: checked(document, from), document };
};

const parsed = (text: string, from: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UsageError(`${from} is not JSON: ${reason}`, { cause: error });
  }
};

const checked = (document: unknown, from: string): Report => {
  let rest = document;
  // Each pass takes the unknown keys away that the last one saw; deeper ones may show up after that.
  for (let pass = 0; pass < 10; pass++) {
    const result = reportSchema.safeParse(rest);
    if (result.success) return result.data;
    const unknown = result.error.issues.filter((issue) => issue.code === "unrecognized_keys");
    if (unknown.length < result.error.issues.length) throw new UsageError(faultsOf(result.error, from));
    rest = unknown.reduce((object, { path, keys }) => withoutKeys(object, path, keys), rest);
  }
  throw new UsageError(`${from} is not a report that this version of lambda-tuner understands.`);
};

const faultsOf = (error: z.ZodError, from: string): string => {
  const faults = error.issues
    .filter((issue) => issue.code !== "unrecognized_keys")
    .map((issue) => `  - ${issue.path.join(".")}: ${issue.message}`);
  const shown = faults.slice(0, 5).join("\n");
  const more = faults.length > 5 ? `\n  and ${faults.length - 5} more` : "";
  return `${from} is not a valid report:\n${shown}${more}`;
};

const withoutKeys = (value: unknown, path: readonly PropertyKey[], keys: readonly string[]): unknown => {
  const [step, ...rest] = path;
  if (step === undefined) {
    return isJsonObject(value)
      ? Object.fromEntries(Object.entries(value).filter(([key]) => !keys.includes(key)))
      : value;
  }
  if (Array.isArray(value)) return value.map((item, index) => (index === step ? withoutKeys(item, rest, keys) : item));
  if (!isJsonObject(value)) return value;
  return { ...value, [step]: withoutKeys(value[String(step)], rest, keys) };
};
