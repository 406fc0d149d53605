import { expect, it } from "vitest";
import { AllSizesFailedError } from "../../core/errors/all-sizes-failed-error.ts";
import { BudgetExceededError } from "../../core/errors/budget-exceeded-error.ts";
import { InvalidRequestError } from "../../core/errors/invalid-request-error.ts";
import { RunFailedError } from "../../core/errors/run-failed-error.ts";
import { EnvironmentError } from "../../cli/errors/environment-error.ts";
import { InterruptedError } from "../../cli/errors/interrupted-error.ts";
import { UsageError } from "../../cli/errors/usage-error.ts";
import { exitCodeOf } from "../../cli/exit-codes.ts";
import { failureDocument } from "../../cli/output/failure-document.ts";

it.each([
  [new UsageError("x"), 2],
  [new InvalidRequestError(["x"]), 2],
  [new EnvironmentError("x"), 3],
  [new BudgetExceededError(1, 2), 4],
  [new AllSizesFailedError("f", undefined), 1],
  [new RunFailedError("r", "Tuner.BudgetExceeded", "{}"), 4],
  [new RunFailedError("r", "States.Timeout", "slow"), 1],
  [new InterruptedError("SIGINT", "x"), 130],
  [new InterruptedError("SIGTERM", "x"), 143],
  [new TypeError("a defect of ours"), 1],
  ["not even an error", 1],
])("%s exits %d, and the failure document says so", (error, code) => {
  expect(exitCodeOf(error)).toBe(code);
  expect(failureDocument(error).error.exitCode).toBe(code);
});

it("hands the facts of an error on", () => {
  expect(failureDocument(new BudgetExceededError(1, 2)).error).toMatchObject({
    name: "Tuner.BudgetExceeded",
    budgetUsd: 1,
    neededUsd: 2,
    isRetryable: false,
  });
});
