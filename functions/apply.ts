import { TunerError } from "../core/errors/tuner-error.ts";
import { applyChange } from "./applying/apply-change.ts";
import type { HandlerContext } from "./handler-context.ts";
import { type Recommended, recommendedSchema } from "./recommending/recommended.ts";

/** Time kept for the answer, in milliseconds. */
const reserveMs = 20_000;

/**
 * Apply: sets the recommended memory, timeout or both, and puts them behind an alias when the request names one.
 *
 * Starts from the configuration that was measured and from no other, and records what undoes it. An alias that could not
 * be moved fails the run once the report with that record is stored.
 *
 * @throws ChangedDuringRunError when somebody else changed the function since.
 */
export const handler = async (event: unknown, context: HandlerContext): Promise<Recommended> => {
  const state = recommendedSchema.parse(event);
  const { target, apply, report, run } = state;
  const { recommendation } = report;
  const { applied, failure } = await applyChange(
    {
      functionArn: target.functionArn,
      original: target.original,
      change: {
        ...(apply.memory && recommendation ? { memorySizeMb: recommendation.memorySizeMb } : {}),
        ...(apply.timeout && recommendation ? { timeoutSeconds: recommendation.timeoutSeconds } : {}),
      },
      ...(apply.alias === undefined ? {} : { alias: apply.alias }),
      runId: run.id,
    },
    Date.now() + context.getRemainingTimeInMillis() - reserveMs,
  );
  if (failure instanceof TunerError && failure.isRetryable) throw failure;
  return {
    ...state,
    report: { ...report, applied },
    ...(failure === undefined ? {} : { failure: failureOf(failure) }),
  };
};

const failureOf = (failure: unknown): Recommended["failure"] =>
  failure instanceof Error
    ? { Error: failure.name, Cause: failure.message }
    : { Error: "Error", Cause: String(failure) };
