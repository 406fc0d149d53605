/** A JSON object whose values are not looked at yet. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** Whether a value is an object with keys, as opposed to a list, null or a scalar. */
export const isJsonObject = (value: unknown): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** A copy of `object` with `value` at a path; what stands in the way of the path is replaced. */
export const withValueAt = (object: JsonObject, path: readonly string[], value: unknown): JsonObject => {
  const [key, ...rest] = path;
  if (key === undefined) return object;
  const inner = object[key];
  return { ...object, [key]: rest.length === 0 ? value : withValueAt(isJsonObject(inner) ? inner : {}, rest, value) };
};
