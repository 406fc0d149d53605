import type { SamplingContext } from "../sampling/decision.ts";
import { invocationCharge, paidMemoryMb } from "../sampling/spend.ts";

/**
 * What an invocation is worth under an objective that is a number, the lower the better.
 *
 * The whole charge in US dollars, request fee included; for `balanced`, what the weight makes of duration and charge of the
 * computing alone.
 */
export const objectiveOfCall = (context: SamplingContext, memorySizeMb: number, billedMs: number): number =>
  context.objective.kind === "balanced"
    ? billedMs * paidMemoryMb(memorySizeMb, context) ** (1 - context.objective.weight)
    : invocationCharge(memorySizeMb, billedMs, context);
