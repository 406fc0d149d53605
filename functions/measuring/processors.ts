import { InvokeCommand } from "@aws-sdk/client-lambda";
import { ProcessorError, type ProcessorRole } from "../../core/errors/processor-error.ts";
import { lambdaInvokeClient } from "../aws/clients.ts";
import { isThrottle } from "../aws/lambda-errors.ts";

/** What became of one call of a processor. */
export type Processing =
  | {
      readonly kind: "answered";
      /** JSON text; of a pre-processor the payload. */
      readonly output: string;
    }
  /** Refused before it ran: it may be called again. */
  | { readonly kind: "throttled"; readonly error: ProcessorError }
  | { readonly kind: "failed"; readonly error: ProcessorError };

/**
 * Invokes a processor once: the pre-processor with the payload, the post-processor with the target's output.
 *
 * A pre-processor's output becomes the payload; without output the payload stays as it is.
 *
 * @throws The signal's reason when it aborts.
 */
export const invokeProcessor = async (
  role: ProcessorRole,
  arn: string,
  payload: string,
  signal: AbortSignal,
): Promise<Processing> => {
  try {
    const { Payload: answer, FunctionError: failed } = await lambdaInvokeClient().send(
      new InvokeCommand({ FunctionName: arn, Payload: new TextEncoder().encode(payload === "" ? "null" : payload) }),
      { abortSignal: signal },
    );
    const output = new TextDecoder().decode(answer);
    if (failed !== undefined) {
      return { kind: "failed", error: new ProcessorError(role, arn, output.slice(0, longestReason)) };
    }
    return { kind: "answered", output: output === "" || output === "null" ? payload : output };
  } catch (error) {
    signal.throwIfAborted();
    const reason = error instanceof Error ? error.message : String(error);
    return { kind: isThrottle(error) ? "throttled" : "failed", error: new ProcessorError(role, arn, reason) };
  }
};

const longestReason = 300;
