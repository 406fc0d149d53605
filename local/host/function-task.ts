import { randomUUID } from "node:crypto";
import { type Environment, withEnvironment } from "../../functions/environment.ts";
import type { HandlerContext } from "../../functions/handler-context.ts";
import { jsonValue } from "./json-value.ts";
import { failureOfFunction } from "./task-failure.ts";

/** A function's handler, as Lambda would call it. */
export type FunctionHandler = (event: unknown, context: HandlerContext) => Promise<unknown>;

/** How a function is run. */
export interface FunctionSettings {
  readonly handler: FunctionHandler;
  readonly environment: Environment;
  /** The function's own timeout. */
  readonly timeoutMs: number;
}

/**
 * Calls a function in this process as Step Functions calls it through Lambda: JSON in, JSON out, an environment and a
 * deadline of its own, and failures by name.
 */
export const callFunction = async (
  { handler, environment, timeoutMs }: FunctionSettings,
  input: unknown,
  signal: AbortSignal,
): Promise<unknown> => {
  const endsAt = performance.now() + timeoutMs;
  const context: HandlerContext = {
    getRemainingTimeInMillis: () => Math.max(0, Math.floor(endsAt - performance.now())),
    awsRequestId: randomUUID(),
    signal,
  };
  try {
    return jsonValue(await withEnvironment(environment, async () => handler(jsonValue(input), context)));
  } catch (error) {
    throw failureOfFunction(error);
  }
};
