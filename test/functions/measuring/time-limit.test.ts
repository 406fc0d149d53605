import { expect, it } from "vitest";
import { createTimeLimit } from "../../../functions/measuring/time-limit.ts";

it("lets the first invocation start even when the target's timeout exceeds what is left", () => {
  const limit = createTimeLimit(() => 60_000, 900_000);
  expect(limit.mayStart()).toBe(true);
  expect(limit.mayStart()).toBe(false);
});

it("starts nothing within the reserve", () => {
  expect(createTimeLimit(() => 4000, 1000).mayStart()).toBe(false);
});

it("expects invocations to last as long as the longest seen, doubled, once one is known", () => {
  let left = 60_000;
  const limit = createTimeLimit(() => left, 900_000);
  limit.mayStart();
  limit.took(4000, "target");
  expect(limit.mayStart()).toBe(true);
  left = 14_000;
  expect(limit.mayStart()).toBe(false);
});

it("never needs more than the target's timeout", () => {
  const limit = createTimeLimit(() => 9000, 3000);
  limit.mayStart();
  limit.took(3000, "target");
  expect(limit.mayStart()).toBe(true);
});

it("is patient until its reserve, in whole milliseconds", () => {
  expect(createTimeLimit(() => 60_000.7, 1000).patienceMs()).toBe(55_000);
  expect(createTimeLimit(() => 10, 1000).patienceMs()).toBe(1);
});

it("lets a wait be made that leaves time for an invocation, and starts none after one that does not", () => {
  let left = 60_000;
  const limit = createTimeLimit(() => left, 900_000);
  limit.mayStart();
  limit.took(4000, "target");
  expect(limit.mayWait(40_000)).toBe(true);
  expect(limit.mayWait(45_000)).toBe(false);
  expect(limit.mayStart()).toBe(false);
  left = 300_000;
  expect(limit.mayStart()).toBe(false);
});

it("lets the first invocation wait whatever the target's timeout, while something is left", () => {
  const limit = createTimeLimit(() => 60_000, 900_000);
  limit.mayStart();
  expect(limit.mayWait(20_000)).toBe(true);
  expect(limit.mayWait(55_000)).toBe(false);
});

it("needs time for the processors around an invocation too, once one has run", () => {
  let left = 60_000;
  const limit = createTimeLimit(() => left, 3000);
  limit.mayStart();
  limit.took(10_000, "pre-processor");
  limit.took(3000, "target");
  limit.took(4000, "post-processor");
  // 2 x 10 s + 2 s, the timeout, 2 x 4 s + 2 s, and the reserve.
  left = 41_000;
  expect(limit.mayStart()).toBe(true);
  left = 40_000;
  expect(limit.mayStart()).toBe(false);
});
