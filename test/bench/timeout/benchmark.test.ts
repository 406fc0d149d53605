import { describe, expect, it } from "vitest";
import { Random } from "../../../bench/sampling/random.ts";
import { benchmarkTimeouts } from "../../../bench/timeout/benchmark.ts";
import { drawProduction } from "../../../bench/timeout/draw-production.ts";
import { quantileBeyond } from "../../../bench/timeout/duration-law.ts";
import { drawPopulation } from "../../../bench/timeout/population.ts";

describe("the timeout benchmark", () => {
  it("gives every rule in every situation, and judges the targets", () => {
    const { results, targets } = benchmarkTimeouts(12, 1);
    // Six rules at four volumes of production, the plain one at three; memory kept and cut; four counts of samples.
    expect(results).toHaveLength((6 * 4 + 3) * 2 * 4);
    expect(targets).toHaveLength(3 * 2 * 2);
    for (const { above1e3, above1e4, overshoot, falseTimeouts } of results) {
      expect(falseTimeouts.mean).toBeGreaterThanOrEqual(0.001 * above1e3);
      expect(above1e3).toBeLessThanOrEqual(above1e4);
      expect(overshoot.median).toBeLessThanOrEqual(overshoot.p90);
    }
  });

  it("is the same for the same seed", () => {
    expect(benchmarkTimeouts(3, 7)).toEqual(benchmarkTimeouts(3, 7));
  });

  it("keeps its promise where production is plenty, and p99 + 1 s does not", () => {
    const { results } = benchmarkTimeouts(60, 1);
    const above = (rule: string): number =>
      results.find((one) => one.rule === rule && one.productionInvocations === 1_000_000 && one.memory === "kept")
        ?.above1e4 ?? Number.NaN;
    expect(above("bounded-risk")).toBe(0);
    expect(above("p99 + 1 s")).toBeGreaterThan(0.3);
  });
});

describe("production as it is drawn", () => {
  it("has exact order statistics", () => {
    const [known] = drawPopulation(1, 1);
    const law = known?.law(1) ?? [];
    const maxima = Array.from({ length: 2000 }, (_, index) => drawProduction(law, 500, new Random(2, index)).duration);
    // The maximum of 500 stays under the quantile of share 1/500 in (1 - 1/500)^500 of all cases.
    const under = maxima.filter((seen) => (seen?.maxMs ?? 0) < quantileBeyond(law, 1 / 500)).length / maxima.length;
    expect(under).toBeCloseTo((1 - 1 / 500) ** 500, 1);
  });
});
