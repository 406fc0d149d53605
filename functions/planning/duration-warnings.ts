import { tooLongWarnings } from "../../core/planning/run-time.ts";
import type { Estimate, RunIdentity } from "../../core/run/run-state.ts";
import type { Warning } from "../../core/warning.ts";

/** What a reader must know of how long a run will take; simulated functions keep nobody waiting. */
export const durationWarnings = ({ engine }: RunIdentity, estimate: Estimate): Warning[] =>
  engine === "simulated" ? [] : tooLongWarnings(estimate);
