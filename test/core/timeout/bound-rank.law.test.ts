import * as fc from "fast-check";
import { expect, it } from "vitest";
import { poissonTail } from "../../../core/statistics/poisson-tail.ts";
import { boundRank } from "../../../core/timeout/bound-rank.ts";

it("gives the deepest rank that reaches the confidence", () => {
  const n = fc.integer({ min: 1, max: 10_000_000 });
  const share = fc.constantFrom(1e-4, 1e-3, 0.01, 0.05);
  fc.assert(
    fc.property(n, share, fc.constantFrom(0.8, 0.95, 0.99), (invocations, exceedShare, confidence) => {
      const rank = boundRank(invocations, exceedShare, confidence) ?? 0;
      expect(poissonTail(invocations * exceedShare, rank)).toBeGreaterThanOrEqual(confidence);
      expect(poissonTail(invocations * exceedShare, rank + 1)).toBeLessThan(confidence);
    }),
  );
});
