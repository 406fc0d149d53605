import { expect, it } from "vitest";
import { excessOf, stateLimitBytes } from "../../../local/host/state-limit.ts";

it("lets pass what Step Functions passes, to the byte", () => {
  // Two quotes are part of the JSON.
  const largest = "x".repeat(stateLimitBytes - 2);
  expect(excessOf("input", largest)).toBeUndefined();
  expect(excessOf("input", `${largest}x`)).toMatch(/input has 262145 bytes; the limit is 262144/);
});

it("counts bytes, not characters", () => {
  expect(excessOf("output", "é".repeat(stateLimitBytes / 2))).toMatch(/262146 bytes/);
});
