import { expect, it } from "vitest";
import { flagsWithoutEffect } from "../../../cli/flags/flags-without-effect.ts";

const flags = (typed: readonly string[], typedAs?: string) =>
  new Map(typed.map((flag) => [flag, { value: "90", typedAs: typedAs ?? flag }]));

it.each([
  ["--invocations", {}, "--invocations belongs to the method fixed, but the method is adaptive."],
  [
    "--timeout-percentile",
    {},
    "--timeout-percentile belongs to the timeout policy p99, but the timeout policy is bounded-risk.",
  ],
  ["--preset", { sampling: { method: "fixed" } }, "--preset belongs to the method adaptive, but the method is fixed."],
  ["--timeout-margin", { timeout: { policy: "bounded-risk" } }, "Add --timeout-policy p99, or leave it out."],
])("%s over %j is a fault", (flag, input, message) => {
  expect(flagsWithoutEffect(input, flags([flag]))).toEqual([expect.stringContaining(message)]);
});

it.each([
  ["--invocations", { sampling: { method: "fixed" } }],
  ["--timeout-percentile", { timeout: { policy: "p99" } }],
  ["--preset", {}],
  ["--max-invocations", {}],
])("%s over %j has an effect", (flag, input) => {
  expect(flagsWithoutEffect(input, flags([flag]))).toEqual([]);
});

it("lets environment and config keep what another run is for", () => {
  expect(flagsWithoutEffect({}, flags(["--invocations"], "LAMBDA_TUNER_INVOCATIONS"))).toEqual([]);
  expect(flagsWithoutEffect({ sampling: { invocationsPerSize: 5 } }, flags([]))).toEqual([]);
});
