import type { PlatformReport } from "./function-runner.ts";

/** An invocation as a live table shows it: once when it starts, once when it ends. */
export interface InvocationEvent {
  readonly functionName: string;
  /** `$LATEST` or a number. */
  readonly version: string;
  readonly memorySizeMb: number;
  readonly phase: "start" | "end";
  /** Of an invocation that ended. Absent when the runner itself failed. */
  readonly report?: PlatformReport;
  readonly functionError?: "Handled" | "Unhandled";
}
