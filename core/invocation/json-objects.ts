/** A place where an object of a type is announced; `value` is absent when the object is cut or malformed. */
export interface FoundObject {
  /** Where in the text its type stands. */
  readonly at: number;
  readonly value?: unknown;
}

/**
 * Finds the objects of one type in a log, each on one line, also when the function's own text stands on theirs.
 *
 * @param tail - The decoded tail.
 * @param type - What the object's own `type` says, as `platform.report`.
 * @returns Every place where one is announced, first to last.
 */
export const jsonObjects = (tail: string, type: string): FoundObject[] => {
  const announcement = `"${type}"`;
  const found: FoundObject[] = [];
  for (let at = tail.indexOf(announcement); at >= 0; at = tail.indexOf(announcement, at + 1)) {
    const value = objectAround(tail, at, type);
    found.push({ at, ...(value !== undefined && { value }) });
  }
  return found;
};

// A record's own braces before its type are few; the function's text on the same line may hold any number.
const bracesTried = 32;

/** @returns The innermost object on the line of `inside` that starts before it and has a type of its own there. */
const objectAround = (tail: string, inside: number, type: string): unknown => {
  const lineStart = tail.lastIndexOf("\n", inside) + 1;
  let start = inside;
  for (let tried = 0; tried < bracesTried; tried += 1) {
    start = start > lineStart ? tail.lastIndexOf("{", start - 1) : -1;
    if (start < lineStart) return undefined;
    const end = objectEnd(tail, start);
    if (end === undefined || end <= inside) continue;
    const value = parseJson(tail.slice(start, end));
    if (typeOf(value) === type) return value;
  }
  return undefined;
};

const typeOf = (value: unknown): unknown =>
  typeof value === "object" && value !== null && "type" in value ? value.type : undefined;

/** @returns The JSON value, or `undefined` for what is not JSON or would make a 0 of a number too small to hold. */
const parseJson = (text: string): unknown => {
  if (/\d[eE]-\d/.test(text.replace(jsonString, ""))) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const jsonString = /"(?:[^"\\]|\\.)*"/g;

/** @returns The index after the brace that closes the one at `start`, braces inside strings not counted. */
const objectEnd = (text: string, start: number): number | undefined => {
  let depth = 0;
  let inString = false;
  for (let at = start; at < text.length; at += 1) {
    const character = text[at];
    if (inString) {
      if (character === "\\") at += 1;
      else if (character === '"') inString = false;
    } else if (character === '"') inString = true;
    else if (character === "{") depth += 1;
    else if (character === "}") {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
  }
  return undefined;
};
