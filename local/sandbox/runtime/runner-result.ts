import type { RunnerInvocation, RunnerResult } from "../../endpoint/function-runner.ts";
import type { Ending, Start } from "../environment.ts";
import { exited, failurePayload, type PlatformFailure, responseTooLarge, timedOut } from "./failures.ts";
import { responseLimitBytes } from "./read-body.ts";
import type { RuntimeReply } from "./runtime-api.ts";

/** What is known of an environment when an invocation in it is over. */
export interface Observed {
  readonly output: string;
  readonly maxMemoryUsedMb: number;
  readonly ranOutOfMemory: boolean;
  /** How long the environment took to start, in milliseconds, when this invocation started it. */
  readonly initMs?: number;
  /** How long it was let start before it was broken off, in milliseconds; the second start is part of the invocation. */
  readonly brokenOffInitMs?: number;
}

/** The result of an invocation that reached the handler. */
export const resultOfEnding = (invocation: RunnerInvocation, ending: Ending, observed: Observed): RunnerResult => {
  switch (ending.kind) {
    case "replied":
      return ofReply(invocation, ending.ms, ending.reply, observed, "Handled");
    case "exited":
      // A runtime that reports an error nobody caught ends after it: the report says more than the end.
      if (ending.reply?.kind === "error") return ofReply(invocation, ending.ms, ending.reply, observed, "Unhandled");
      return ofFailure(
        invocation,
        ending.ms,
        exited(invocation.requestId, ending.end, observed.ranOutOfMemory),
        observed,
      );
    case "timed-out":
      return ofTimeout(invocation, observed);
  }
};

/**
 * The result of an invocation whose environment did not start.
 *
 * What the start took counts as duration, as Lambda starts such an environment again within the invocation.
 */
export const resultOfFailedStart = (
  invocation: RunnerInvocation,
  start: Exclude<Start, { readonly kind: "ready" }>,
  observed: Observed,
): RunnerResult => {
  switch (start.kind) {
    case "failed":
      return {
        payload: start.reply.body,
        functionError: "Unhandled",
        output: observed.output,
        report: report(invocation, start.ms, observed, errorTypeOf(start.reply)),
      };
    case "exited":
      return ofFailure(
        invocation,
        start.ms,
        exited(invocation.requestId, start.end, observed.ranOutOfMemory),
        observed,
      );
    case "timed-out":
      return ofTimeout(invocation, observed);
  }
};

const ofReply = (
  invocation: RunnerInvocation,
  ms: number,
  reply: RuntimeReply,
  observed: Observed,
  functionError: "Handled" | "Unhandled",
): RunnerResult => {
  if (reply.body.byteLength > responseLimitBytes) {
    return ofFailure(invocation, ms, responseTooLarge(responseLimitBytes), observed);
  }
  if (reply.kind === "response") {
    return { payload: reply.body, output: observed.output, report: report(invocation, ms, observed) };
  }
  return {
    payload: reply.body,
    functionError,
    output: observed.output,
    report: report(invocation, ms, observed, errorTypeOf(reply)),
  };
};

const ofFailure = (
  invocation: RunnerInvocation,
  ms: number,
  failure: PlatformFailure,
  observed: Observed,
): RunnerResult => ({
  payload: failurePayload(failure),
  functionError: "Unhandled",
  output: observed.output,
  report: report(invocation, ms, observed, failure.errorType),
});

const ofTimeout = (invocation: RunnerInvocation, observed: Observed): RunnerResult => {
  const { requestId, timeoutSeconds } = invocation;
  return {
    payload: failurePayload(timedOut(requestId, timeoutSeconds)),
    functionError: "Unhandled",
    output: observed.output,
    report: { ...report(invocation, timeoutSeconds * 1000, observed), status: "timeout" },
  };
};

const report = (
  invocation: RunnerInvocation,
  ms: number,
  observed: Observed,
  errorType?: string,
): RunnerResult["report"] => {
  const durationMs = hundredths(ms);
  const initDurationMs = observed.initMs === undefined ? undefined : hundredths(observed.initMs);
  return {
    durationMs,
    // The init phase is billed with the invocation that caused it, and the sum is rounded up, not its parts.
    billedDurationMs: Math.ceil(hundredths(durationMs + (initDurationMs ?? 0))),
    memorySizeMb: invocation.memorySizeMb,
    maxMemoryUsedMb: observed.ranOutOfMemory ? invocation.memorySizeMb : observed.maxMemoryUsedMb,
    ...(initDurationMs === undefined ? {} : { initDurationMs }),
    ...(observed.brokenOffInitMs === undefined ? {} : { brokenOffInitMs: observed.brokenOffInitMs }),
    status: errorType === undefined ? "success" : "error",
    ...(errorType === undefined ? {} : { errorType }),
  };
};

const hundredths = (ms: number): number => Math.round(ms * 100) / 100;

/** The type of an error: what the runtime said in a header, or else in the document that it posted. */
const errorTypeOf = (reply: RuntimeReply): string => {
  if (reply.errorType !== undefined) return reply.errorType;
  try {
    const document: unknown = JSON.parse(Buffer.from(reply.body).toString("utf8"));
    if (typeof document === "object" && document !== null && "errorType" in document) return String(document.errorType);
  } catch {
    // A custom runtime may post anything as its error.
  }
  return "Runtime.Unknown";
};
