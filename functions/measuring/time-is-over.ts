import type { ExecutionState } from "../execution-state.ts";

/** Whether a run must measure no more, so that it has made its report before its execution times out. */
export const timeIsOver = ({ untilMs }: ExecutionState["limits"]): boolean =>
  untilMs !== undefined && Date.now() >= untilMs;
