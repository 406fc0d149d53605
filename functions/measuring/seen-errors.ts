import type { SeenError } from "../../core/run/measurement.ts";

/** Kinds told apart at one size; more are counted together. */
const mostKinds = 4;
/** Bytes of JSON that all examples of a size may take: 64 sizes of them travel through the state machine. */
const bytesForExamples = 400;
const otherKinds = "Other";

/** Adds one failure to those seen at a size. */
export const withError = (errors: readonly SeenError[], type: string, message: string): SeenError[] =>
  mergeErrors(errors, [{ type: clipped(type, longestType), count: 1, example: clipped(message, longestExample) }]);

/** Adds up the failures of two rounds of a size, and keeps them small. */
export const mergeErrors = (errors: readonly SeenError[], more: readonly SeenError[]): SeenError[] => {
  const merged = [...errors];
  for (const next of more) {
    const known = merged.findIndex(({ type }) => type === next.type);
    const kinds = merged.filter(({ type }) => type !== otherKinds).length;
    if (known >= 0) merged[known] = addedUp(merged[known] ?? next, next);
    else if (kinds < mostKinds) merged.push(next);
    else mergeOther(merged, next);
  }
  return withinLimit(merged);
};

const mergeOther = (merged: SeenError[], next: SeenError): void => {
  const other = merged.findIndex(({ type }) => type === otherKinds);
  if (other < 0) merged.push({ ...next, type: otherKinds });
  else merged[other] = addedUp(merged[other] ?? next, next);
};

const addedUp = (known: SeenError, next: SeenError): SeenError => ({ ...known, count: known.count + next.count });

const withinLimit = (errors: readonly SeenError[]): SeenError[] => {
  let left = bytesForExamples;
  return errors.map((error) => {
    const example = clipped(error.example, Math.max(0, left));
    left -= jsonBytes(example);
    return { ...error, example };
  });
};

const longestType = 60;
const longestExample = 300;

/** At most so many bytes, counted as JSON writes them; control characters become spaces. */
const clipped = (text: string, most: number): string => {
  let plain = text
    .slice(0, most)
    .replaceAll(/[\s\p{Cc}\p{Cs}]+/gu, " ")
    .trim();
  while (jsonBytes(plain) > most) plain = plain.slice(0, -1);
  return plain;
};

/** Bytes within the quotes. */
const jsonBytes = (text: string): number => Buffer.byteLength(JSON.stringify(text)) - 2;
