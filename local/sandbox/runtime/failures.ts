/** An invocation that failed without an answer of the function: what the caller gets, and what the record says. */
export interface PlatformFailure {
  readonly errorType: string;
  readonly errorMessage: string;
}

/** How a process ended. Exactly one of the two is set, as Node reports it. */
export interface ProcessEnd {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** The function ran into its timeout. */
export const timedOut = (requestId: string, timeoutSeconds: number): PlatformFailure => ({
  errorType: "Sandbox.Timedout",
  errorMessage: `RequestId: ${requestId} Error: Task timed out after ${timeoutSeconds.toFixed(2)} seconds`,
});

/** The process ended by itself, or was killed by something other than us. */
export const exited = (requestId: string, end: ProcessEnd, ranOutOfMemory: boolean): PlatformFailure => {
  if (ranOutOfMemory) {
    return {
      errorType: "Runtime.OutOfMemory",
      errorMessage: `RequestId: ${requestId} Error: Runtime exited with error: signal: killed`,
    };
  }
  return {
    errorType: cannotExecute(end) ? "Runtime.InvalidEntrypoint" : "Runtime.ExitError",
    errorMessage: `RequestId: ${requestId} Error: Runtime exited ${endText(end)}`,
  };
};

/** What a shell says of a command that it could not become. */
const cannotExecute = (end: ProcessEnd): boolean => end.code === 126 || end.code === 127;

const endText = ({ code, signal }: ProcessEnd): string => {
  // Lambda kills for memory alone, and is read so. Who else killed the process here is not the function's fault.
  if (signal === "SIGKILL") return "because another process killed it (SIGKILL)";
  if (signal !== null) return `with error: signal: ${signalWords[signal] ?? signal.slice(3).toLowerCase()}`;
  return code === 0 || code === null ? "without providing a reason" : `with error: exit status ${code}`;
};

const signalWords: Partial<Record<NodeJS.Signals, string>> = {
  SIGABRT: "aborted",
  SIGSEGV: "segmentation fault",
  SIGTERM: "terminated",
  SIGBUS: "bus error",
  SIGILL: "illegal instruction",
};

/** The answer is larger than Lambda passes on. */
export const responseTooLarge = (limitBytes: number): PlatformFailure => ({
  errorType: "Function.ResponseSizeTooLarge",
  errorMessage: `Response payload size exceeded maximum allowed payload size (${limitBytes} bytes).`,
});

export const failurePayload = ({ errorType, errorMessage }: PlatformFailure): Uint8Array =>
  Buffer.from(JSON.stringify({ errorType, errorMessage }));
