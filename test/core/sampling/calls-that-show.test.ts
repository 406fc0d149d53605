import { expect, it } from "vitest";
import { callsThatShow } from "../../../core/sampling/calls-that-show.ts";

// One slow call more each: 59, 93 and 124 calls bound the p95 with 95 % confidence.
it.each([
  ["no slow calls are expected", 0, 0, 400, 59],
  ["a slow call is to be expected", 0.01, 0, 400, 93],
  ["one was slow already", 0, 1, 400, 93],
  ["one was slow and another is to be expected", 0.012, 1, 400, 124],
  ["more would be needed than there may be", 0.012, 0, 92, 59],
  ["no number within the limit shows it", 0, 0, 58, undefined],
])("p95 at 95 %%: where %s", (_, share, slow, atMost, calls) => {
  expect(callsThatShow(0.95, 0.95, share, slow, atMost)).toBe(calls);
});
