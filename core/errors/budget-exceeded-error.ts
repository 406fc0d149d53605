import { formatUsd, formatUsdUp } from "../report/format-usd.ts";
import { TunerError } from "./tuner-error.ts";

/** A spend limit that cannot hold even the smallest run of the request. */
export class BudgetExceededError extends TunerError {
  override get name() {
    return "Tuner.BudgetExceeded" as const;
  }
  readonly isRetryable = false;
  readonly budgetUsd: number;
  readonly neededUsd: number;

  constructor(budgetUsd: number, neededUsd: number) {
    super(
      `The cheapest useful run of this request is expected to cost ${formatUsdUp(neededUsd)}, above the budget of ${formatUsd(budgetUsd)}. Raise budget.maxUsd, or ask for fewer sizes or invocations.`,
    );
    this.budgetUsd = budgetUsd;
    this.neededUsd = neededUsd;
  }
}
