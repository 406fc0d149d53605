import { InvokeCommand } from "@aws-sdk/client-lambda";
import { ProcessorError, type ProcessorRole } from "../../core/errors/processor-error.ts";
import { lambdaInvokeClient } from "../aws/clients.ts";

/**
 * Runs the pre-processor, whose output becomes the payload. Without output the payload stays as it is.
 *
 * @throws {@link ProcessorError}
 */
export const preProcessed = async (arn: string | undefined, payload: string, signal: AbortSignal): Promise<string> => {
  if (arn === undefined) return payload;
  const output = await invokeProcessor("pre-processor", arn, payload, signal);
  return output === "" || output === "null" ? payload : output;
};

/**
 * Runs the post-processor with the target's output.
 *
 * @throws {@link ProcessorError}
 */
export const postProcess = async (arn: string | undefined, output: string, signal: AbortSignal): Promise<void> => {
  if (arn !== undefined) await invokeProcessor("post-processor", arn, output === "" ? "null" : output, signal);
};

const invokeProcessor = async (
  role: ProcessorRole,
  arn: string,
  payload: string,
  signal: AbortSignal,
): Promise<string> => {
  try {
    const { Payload: answer, FunctionError: failed } = await lambdaInvokeClient().send(
      new InvokeCommand({ FunctionName: arn, Payload: new TextEncoder().encode(payload) }),
      { abortSignal: signal },
    );
    const output = new TextDecoder().decode(answer);
    if (failed !== undefined) throw new ProcessorError(role, arn, output.slice(0, longestReason));
    return output;
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof ProcessorError) throw error;
    throw new ProcessorError(role, arn, error instanceof Error ? error.message : String(error));
  }
};

const longestReason = 300;
