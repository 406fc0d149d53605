import { describe, expect, it } from "vitest";
import { boundRank } from "../../../core/timeout/bound-rank.ts";

describe("the rank whose duration bounds a quantile", () => {
  // R: for (n in ...) max(which(ppois(0:200, n * 1e-4, lower.tail = FALSE) >= 0.95)), which counts k from 1.
  it.each([
    [29_957, undefined],
    [29_958, 1],
    [50_000, 2],
    [100_000, 5],
    [1_000_000, 84],
  ])("of %d invocations, for 1 in 10,000 with 95 %%, is %s", (n, rank) => {
    expect(boundRank(n, 1e-4, 0.95)).toBe(rank);
  });

  it("is the maximum from 299 invocations on for p99 with 95 %, as an order statistic is", () => {
    expect(boundRank(300, 0.01, 0.95)).toBe(1);
    expect(boundRank(299, 0.01, 0.95)).toBeUndefined();
  });
});
