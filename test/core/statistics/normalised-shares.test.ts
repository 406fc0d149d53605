import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { normalisedShares } from "../../../core/statistics/normalised-shares.ts";

const none = Number.NEGATIVE_INFINITY;

describe("normalisedShares", () => {
  it.each([
    ["ordinary logarithms", [Math.log(1), Math.log(3)], [0.25, 0.75]],
    ["logarithms whose weights overflow", [1000, 1000 + Math.log(4)], [0.2, 0.8]],
    ["logarithms whose weights vanish", [-5000, -5000 + Math.log(4)], [0.2, 0.8]],
    ["a weight of none", [none, 0, Math.log(3)], [0, 0.25, 0.75]],
    ["weights too far apart to matter", [0, -2000], [1, 0]],
    ["a single weight", [-1e6], [1]],
  ])("of %s", (_, logs, expected) => {
    for (const [index, share] of normalisedShares(logs).entries()) expect(share).toBeCloseTo(expected[index] ?? 0, 12);
  });

  it("sums to 1 in the order of the weights, wherever the logarithms lie", () => {
    const log = fc.oneof(fc.double({ min: -1e4, max: 1e4, noNaN: true }), fc.constant(none));
    fc.assert(
      fc.property(fc.array(log, { maxLength: 20 }), fc.double({ min: -1e4, max: 1e4, noNaN: true }), (logs, last) => {
        const all = [...logs, last];
        const shares = normalisedShares(all);
        expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
        expect(shares[all.indexOf(Math.max(...all))]).toBe(Math.max(...shares));
        for (const share of shares) expect(share).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});
