import { InvokeCommand, type InvokeCommandOutput } from "@aws-sdk/client-lambda";
import type { LogRecord, UnreadableTail } from "../../core/invocation/log-record.ts";
import { parseLogTail } from "../../core/invocation/parse-log-tail.ts";
import { placeOfFailure } from "./place-of-failure.ts";
import { lambdaInvokeClient } from "./clients.ts";
import { errorName, isThrottle } from "./lambda-errors.ts";

/** The function's own error, as its runtime or the platform reports it. */
export interface FunctionError {
  readonly type: string;
  readonly message: string;
}

/** What became of one invocation. */
export type Invocation =
  | {
      readonly kind: "answered";
      readonly record: LogRecord | UnreadableTail;
      readonly functionError?: FunctionError;
      readonly payload: string;
    }
  /** Refused before the function ran: it may be sent again. */
  | { readonly kind: "throttled" }
  /** Not answered; whether the function ran is unknown or certain, but there is nothing to measure. */
  | { readonly kind: "unanswered"; readonly error: FunctionError };

/** Which function, with what, and for how long. */
export interface InvocationRequest {
  readonly functionArn: string;
  readonly qualifier?: string;
  /** JSON text. */
  readonly payload: string;
  readonly signal: AbortSignal;
}

/**
 * Invokes a function once and reads its log tail. Never repeats the call.
 *
 * @throws The signal's reason when it aborts, so that an interrupted run stops at once.
 */
export const invokeTarget = async (request: InvocationRequest): Promise<Invocation> => {
  try {
    return answered(
      await lambdaInvokeClient().send(
        new InvokeCommand({
          FunctionName: request.functionArn,
          ...(request.qualifier === undefined ? {} : { Qualifier: request.qualifier }),
          InvocationType: "RequestResponse",
          LogType: "Tail",
          Payload: new TextEncoder().encode(request.payload),
        }),
        { abortSignal: request.signal },
      ),
    );
  } catch (error) {
    request.signal.throwIfAborted();
    if (isThrottle(error)) return { kind: "throttled" };
    return {
      kind: "unanswered",
      error: { type: errorName(error), message: error instanceof Error ? error.message : String(error) },
    };
  }
};

const answered = (output: InvokeCommandOutput): Invocation => {
  const payload = new TextDecoder().decode(output.Payload);
  const record = parseLogTail(output.LogResult ?? "", output.$metadata.requestId);
  if (output.FunctionError === undefined) return { kind: "answered", record, payload };
  return { kind: "answered", record, payload, functionError: functionErrorOf(payload, output.FunctionError) };
};

const functionErrorOf = (payload: string, kind: string): FunctionError => {
  const body = parsedObject(payload);
  const { errorType, errorMessage } = body;
  const place = placeOfFailure(body);
  return {
    type: typeof errorType === "string" && errorType !== "" ? errorType : kind,
    message:
      typeof errorMessage === "string"
        ? `${errorMessage.replace(requestPrefix, "")}${place === undefined ? "" : ` (${place})`}`
        : payload,
  };
};

/** What the platform puts before its own messages: it differs from call to call and says nothing. */
const requestPrefix = /^RequestId: \S+ (?:Error: )?/;

const parsedObject = (text: string): Readonly<Record<string, unknown>> => {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
};
