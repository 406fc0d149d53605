import { ApiError } from "../http/api-error.ts";
import type { RunnerResult } from "../function-runner.ts";

/** Largest payload of a synchronous invocation, and of an asynchronous one, in bytes. */
const limits = { RequestResponse: 6_291_456, DryRun: 6_291_456, Event: 1_048_576 } as const;

/** Largest answer of a synchronous invocation, in bytes. */
const answerLimit = 6_291_556;

/** How a function is invoked. */
export type InvocationType = keyof typeof limits;

/**
 * Checks the payload of an invocation. No payload at all is an empty object.
 *
 * @throws {@link ApiError} `RequestTooLargeException` (413) or `InvalidRequestContentException` (400).
 */
export const checkedPayload = (payload: Buffer, type: InvocationType): Buffer => {
  if (payload.length > limits[type]) {
    throw new ApiError(
      413,
      "RequestTooLargeException",
      `Request must be smaller than ${limits[type]} bytes for the InvokeFunction operation`,
    );
  }
  if (payload.length === 0) return Buffer.from("{}");
  try {
    JSON.parse(payload.toString("utf8"));
  } catch (cause) {
    throw new ApiError(
      400,
      "InvalidRequestContentException",
      `Could not parse request body into json: Could not parse payload into json: ${cause instanceof Error ? cause.message : String(cause)}`,
    );
  }
  return payload;
};

/** The type that `X-Amz-Invocation-Type` names. */
export const invocationTypeOf = (header: string | undefined): InvocationType => {
  const type = header ?? "RequestResponse";
  if (type in limits) return type as InvocationType;
  throw new ApiError(
    400,
    "InvalidParameterValueException",
    `Value ${type} at 'invocationType' failed to satisfy constraint: Member must satisfy enum value set: [Event, RequestResponse, DryRun]`,
  );
};

/** An answer that is too large becomes the function's error, as Lambda does it. */
export const withinAnswerLimit = (result: RunnerResult): RunnerResult =>
  result.payload.length <= answerLimit
    ? result
    : {
        ...result,
        functionError: "Unhandled",
        payload: Buffer.from(
          JSON.stringify({
            errorMessage: `Response payload size exceeded maximum allowed payload size (${answerLimit} bytes).`,
            errorType: "Function.ResponseSizeTooLarge",
          }),
        ),
        report: { ...result.report, status: "error", errorType: "Function.ResponseSizeTooLarge" },
      };
