import { expect, it } from "vitest";
import { ThrottledError } from "../../../core/errors/throttled-error.ts";
import { UntunableTargetError } from "../../../core/errors/untunable-target-error.ts";
import { failureOfFunction, failureOfService, TaskFailure } from "../../../local/host/task-failure.ts";

it("names a function's failure as Lambda does, its cause being Lambda's JSON", () => {
  const failure = failureOfFunction(new UntunableTargetError("arn", "why"));
  expect(failure.name).toBe("Tuner.UntunableTarget");
  expect(JSON.parse(failure.message)).toMatchObject({
    errorType: "Tuner.UntunableTarget",
    errorMessage: "arn cannot be tuned: why",
    trace: expect.any(Array),
  });
});

it("keeps an error's own opinion on retries from the interpreter", () => {
  expect(failureOfFunction(new ThrottledError("Invoke"))).not.toHaveProperty("isRetryable");
});

it("names a service's failure after the service and its exception", () => {
  const exception = Object.assign(new Error("no"), { name: "ThrottlingException", $fault: "client", $metadata: {} });
  expect(failureOfService("DynamoDB", exception)).toMatchObject({
    name: "DynamoDB.ThrottlingException",
    message: "no",
  });
});

it("calls what never reached the service a failure of the client", () => {
  expect(failureOfService("S3", new Error("socket hang up"))).toBeInstanceOf(TaskFailure);
  expect(failureOfService("S3", new Error("socket hang up")).name).toBe("S3.SdkClientException");
});
