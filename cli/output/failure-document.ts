import { z } from "zod";
import { TunerError } from "../../core/errors/tuner-error.ts";
import { exitCodeOf } from "../exit-codes.ts";

/** What `--output json` prints when there is no result. */
export const failureSchema = z.strictObject({
  error: z.looseObject({
    /** Such as `Tuner.InvalidRequest`; a contract. Our own defects have the name of a JavaScript error. */
    name: z.string(),
    message: z.string(),
    /** Whether the same call may succeed later with nothing changed. */
    isRetryable: z.boolean(),
    exitCode: z.int(),
  }),
});

export type FailureDocument = z.output<typeof failureSchema>;

/** A failure as the one JSON document that `--output json` prints, the error's own facts included. */
export const failureDocument = (error: unknown): FailureDocument => {
  const exitCode = exitCodeOf(error);
  if (!(error instanceof Error)) {
    return { error: { name: "Error", message: String(error), isRetryable: false, exitCode } };
  }
  const facts = error instanceof TunerError ? Object.entries(error).filter(([, value]) => isFact(value)) : [];
  const isRetryable = error instanceof TunerError && error.isRetryable;
  return { error: { ...Object.fromEntries(facts), name: error.name, message: error.message, isRetryable, exitCode } };
};

const isFact = (value: unknown): boolean =>
  ["string", "number", "boolean"].includes(typeof value) || (Array.isArray(value) && value.every(isFact));
