import { TunerError } from "../../core/errors/tuner-error.ts";
import { type GivenFlags, requestFromFlags } from "../flags/request-from-flags.ts";
import type { ResolvedTarget } from "./resolve-target.ts";

/**
 * The refusal of a spend limit with the limit's name as it was given: a flag, an environment variable, or a key of the
 * config, where the state machine, which knows no difference, names the key of its request.
 */
export const inGivenNames = (error: unknown, { config }: ResolvedTarget, given: GivenFlags): unknown => {
  if (!(error instanceof TunerError) || error.name !== "Tuner.BudgetExceeded") return error;
  const { names } = requestFromFlags({}, given, config?.name);
  error.message = error.message.replace("budget.maxUsd", names(["budget", "maxUsd"]));
  return error;
};
