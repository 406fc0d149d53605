import { jsonBytes } from "./json-value.ts";

/** What Step Functions lets pass between two states, in bytes. */
export const stateLimitBytes = 262_144;

/** Name of the failure; in AWS no `States.ALL` catches it. */
export const dataLimitExceeded = "States.DataLimitExceeded";

/** @returns What is wrong with a value that is too large to pass on; nothing for one that is not. */
export const excessOf = (what: string, value: unknown): string | undefined => {
  const bytes = jsonBytes(value);
  return bytes <= stateLimitBytes ? undefined : `The ${what} has ${bytes} bytes; the limit is ${stateLimitBytes}.`;
};
