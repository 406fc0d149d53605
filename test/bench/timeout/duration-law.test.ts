import { describe, expect, it } from "vitest";
import { Random } from "../../../bench/sampling/random.ts";
import { drawDuration, quantileBeyond, shareBeyond } from "../../../bench/timeout/duration-law.ts";

const law = [
  { share: 0.99, medianMs: 100, logSd: 0.2, tail: { share: 0.01, exponent: 2 } },
  { share: 0.01, medianMs: 900, logSd: 0.1 },
];

describe("a law of durations", () => {
  it.each([0.5, 0.01, 1e-3, 1e-4, 1e-6])("has the share %d beyond its own quantile", (share) => {
    expect(shareBeyond(law, quantileBeyond(law, share)) / share).toBeCloseTo(1, 4);
  });

  it("falls with the exponent of its tail", () => {
    expect(shareBeyond(law, 20_000) / shareBeyond(law, 40_000)).toBeCloseTo(4, 6);
  });

  it("is what is drawn from it", () => {
    const random = new Random(1);
    const draws = Array.from({ length: 20_000 }, () => drawDuration(law, random));
    for (const share of [0.5, 0.1, 0.02]) {
      const beyond = draws.filter((ms) => ms > quantileBeyond(law, share)).length / draws.length;
      // Four standard errors.
      expect(Math.abs(beyond - share)).toBeLessThan(4 * Math.sqrt((share * (1 - share)) / draws.length));
    }
  });
});
