import { readFile } from "node:fs/promises";
import { z } from "zod";
import { describeFaults } from "../../core/request/describe-faults.ts";
import { InvalidRequestError } from "../../core/errors/invalid-request-error.ts";
import { UsageError } from "../errors/usage-error.ts";

const limit = z.number().positive();

/** What a function may cost and take. */
export const budgetSchema = z.strictObject({
  $schema: z.string().optional(),
  /** US dollars for a million invocations. */
  chargePerMillionUsd: limit.optional(),
  /** Durations of warm invocations, in milliseconds. */
  durationMs: z
    .strictObject({ mean: limit.optional(), p50: limit.optional(), p95: limit.optional(), p99: limit.optional() })
    .optional(),
  /** How much more than the recommended size the current one may cost, in percent. */
  wastePercent: z.number().min(0).optional(),
});
export type Budget = z.output<typeof budgetSchema>;

/**
 * Reads a budget: an amount in US dollars per million invocations, or a JSON file.
 *
 * @throws {@link UsageError} or {@link InvalidRequestError} when it is neither.
 */
export const readBudget = async (given: string): Promise<Budget> => {
  const amount = Number(given);
  if (given.trim() !== "" && Number.isFinite(amount)) {
    if (amount > 0) return { chargePerMillionUsd: amount };
    throw new UsageError(`--budget: expected an amount above 0 in US dollars per million invocations, got ${given}.`);
  }
  const document = await readDocument(given);
  const parsed = budgetSchema.safeParse(document);
  if (!parsed.success) {
    throw new InvalidRequestError(describeFaults(parsed.error.issues, budgetSchema, document), `The budget ${given}`);
  }
  if (Object.keys(parsed.data).every((key) => key === "$schema")) {
    throw new UsageError(`The budget ${given} limits nothing: give chargePerMillionUsd, durationMs or wastePercent.`);
  }
  return parsed.data;
};

const readDocument = async (file: string): Promise<unknown> => {
  try {
    return JSON.parse(await readFile(file, "utf8"));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UsageError(
      `--budget ${file}: expected an amount in US dollars per million invocations, or a JSON file with limits: ${reason}`,
      { cause: error },
    );
  }
};
