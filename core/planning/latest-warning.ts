import type { Warning } from "../warning.ts";
import type { EstimateBasis } from "./estimate-basis.ts";

/**
 * What the owner of a function must know whose callers name no version: while a run publishes its versions, they meet
 * every size. A version is a copy of `$LATEST`, and AWS makes it from nothing else.
 *
 * @example
 * ```ts
 * latestWarnings({ kind: "assumed", durationMs: 1000, memorySizeMb: 1024 }); // => []
 * ```
 */
export const latestWarnings = ({ resource, invocations = 0, lookbackDays = 0 }: EstimateBasis): Warning[] =>
  resource === "$LATEST" ? [{ kind: "latest-serves-production", invocations, lookbackDays }] : [];
