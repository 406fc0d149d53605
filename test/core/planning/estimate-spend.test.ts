import { describe, expect, it } from "vitest";
import { type EstimateInput, estimateSpend, leastSpendUsd } from "../../../core/planning/estimate-spend.ts";
import { transitionsOf } from "../../../core/planning/transitions.ts";
import { requestLimits } from "../../../core/request/limits.ts";
import { parseRequest } from "../../../core/request/parse-request.ts";
import { allowanceOf, presets } from "../../../core/sampling/presets.ts";

const input = (facts: Partial<EstimateInput> = {}, sampling: Record<string, unknown> = {}): EstimateInput => ({
  jobs: [
    { memorySizeMb: 512, warm: 9, cold: 0, lanes: 1 },
    { memorySizeMb: 1024, warm: 9, cold: 0, lanes: 1 },
  ],
  objective: { kind: "cost" },
  sampling: parseRequest({ functionArn: "f", sampling: { method: "fixed", ...sampling } }).request.sampling,
  budget: {},
  timeoutSeconds: 10,
  prices: { usdPerGbSecond: 0.00001, usdPerRequest: 0.000001, usdPerStateTransition: 0 },
  storageAsMemoryMb: 0,
  sizesAtOnce: 2,
  allowedSizes: 10_113,
  ...facts,
});

describe("estimateSpend", () => {
  it("counts a fixed run's invocations, each lane's cold one among them", () => {
    expect(estimateSpend(input()).invocations).toBe(20);
  });

  it("assumes a second at 1,024 MB when nothing is known", () => {
    const one = input({ jobs: [{ memorySizeMb: 1024, warm: 9, cold: 0, lanes: 1 }] });
    // 10 invocations x (1 GB-s x 0.00001 + 0.000001)
    expect(estimateSpend(one).expectedUsd).toBeCloseTo(0.000_11, 12);
  });

  it("takes every invocation to last until the timeout, at worst", () => {
    // 10 s x (0.5 + 1 GB) x 10 invocations each, and the requests
    expect(estimateSpend(input()).worstCaseUsd).toBeCloseTo(150 * 0.00001 + 20 * 0.000001, 12);
  });

  it("has what ephemeral storage costs meanwhile, like memory of its own", () => {
    // 0.25 GB more of each of the 20 invocations of 10 s
    const more = estimateSpend(input({ storageAsMemoryMb: 256 })).worstCaseUsd - estimateSpend(input()).worstCaseUsd;
    expect(more).toBeCloseTo(20 * 10 * 0.25 * 0.00001, 12);
  });

  it("uses a duration that is known", () => {
    const known = estimateSpend(input({ basis: { kind: "earlier-run", durationMs: 10, memorySizeMb: 512 } }));
    expect(known.expectedUsd).toBeLessThan(estimateSpend(input()).expectedUsd / 5);
    expect(known.worstCaseUsd).toBe(estimateSpend(input()).worstCaseUsd);
  });

  it("ends at the budget, at worst as far above it as the invocations in flight may go", () => {
    const { expectedUsd, worstCaseUsd } = estimateSpend(input({ budget: { maxUsd: 0.0001 } }));
    expect(expectedUsd).toBeCloseTo(0.0001, 12);
    // One of 10 s at each size.
    expect(worstCaseUsd).toBeCloseTo(0.0001 + 15 * 0.00001 + 2 * 0.000001, 12);
    const jobs = input().jobs.map((job) => ({ ...job, lanes: 2 }));
    const lanes = estimateSpend(input({ jobs, budget: { maxUsd: 0.0001 } }));
    expect(lanes.worstCaseUsd).toBeCloseTo(0.0001 + 30 * 0.00001 + 4 * 0.000001, 12);
  });

  it("is never above what the run would come to without a budget", () => {
    const { basis: _, ...unlimited } = estimateSpend(input());
    expect(estimateSpend(input({ budget: { maxUsd: 1 } }))).toMatchObject(unlimited);
  });

  it("has one invocation of each size, whatever the budget: it shows what they cost", () => {
    const basis = { kind: "earlier-run", durationMs: 10_000, memorySizeMb: 512 } as const;
    const { expectedUsd, expectedRangeUsd } = estimateSpend(input({ basis, budget: { maxUsd: 0.000_05 } }));
    expect(expectedUsd).toBeCloseTo((0.5 * 10 + 10 * Math.SQRT1_2) * 0.00001 + 2 * 0.000001, 12);
    expect(expectedRangeUsd?.lower).toBeCloseTo((0.5 * 10 + 5) * 0.00001 + 2 * 0.000001, 12);
  });

  it("has state transitions and snapshots beside the budget, which does not cover them", () => {
    const snapStart = { cacheUsdPerGbSecond: 0.000001, restoreUsdPerGb: 0.0001 };
    const prices = { ...input().prices, usdPerStateTransition: 0.000025 };
    const beside = estimateSpend(input({ snapStart, prices })).expectedUsd - estimateSpend(input()).expectedUsd;
    const limited = estimateSpend(input({ snapStart, prices, budget: { maxUsd: 0.0001 } }));
    expect(limited.expectedUsd).toBeCloseTo(0.0001 + beside, 12);
  });

  const slo = { kind: "slo", percentile: 95, durationMs: 300 } as const;
  it.each([
    [{ kind: "cost" }, [42, 55, 123]],
    [{ kind: "balanced", weight: 0.5 }, [42, 55, 123]],
    [{ kind: "speed", toleranceP: 5 }, [80, 96, 185]],
    [slo, [110, 172, 200]],
  ] as const)("knows what the adaptive method needs as a rule, by preset, for %o", (objective, expected) => {
    const needed = ["quick", "standard", "thorough"].map(
      (preset) => estimateSpend(input({ objective }, { method: "adaptive", preset })).invocations,
    );
    expect(needed).toEqual(expected);
  });

  const warm = (sizesMb: readonly number[], cold = 0) =>
    sizesMb.map((memorySizeMb) => ({ memorySizeMb, warm: 3, cold, lanes: 1 }));

  it("has no more than the first round where there is a single size, also in the worst case", () => {
    const one = input({ jobs: warm([512]), allowedSizes: 1 }, { method: "adaptive" });
    expect(estimateSpend(one).invocations).toBe(4);
    // 10 s x 0.5 GB x 4 invocations, and the requests
    expect(estimateSpend(one).worstCaseUsd).toBeCloseTo(20 * 0.00001 + 4 * 0.000001, 12);
  });

  it("has less where the first round measures all sizes that there are: there is nothing to look for", () => {
    const of = (sizesMb: readonly number[], allowedSizes = sizesMb.length, facts: Partial<EstimateInput> = {}) =>
      estimateSpend(input({ jobs: warm(sizesMb), allowedSizes, ...facts }, { method: "adaptive" })).invocations;
    expect(of([256, 1024])).toBe(20);
    expect(of([256, 512, 1024])).toBe(30);
    expect(of([256, 512, 1024], 4)).toBe(55);
    expect(of([256, 1024], 2, { objective: slo })).toBe(52);
    expect(of([128, 256, 512, 1024, 1769, 3008])).toBe(55);
  });

  it("has the cold starts that the request forces on top, at every size, with the versions that they take", () => {
    const of = (coldStarts: number, allowedSizes = 10_113) =>
      estimateSpend(
        input(
          { jobs: warm([512, 1024], coldStarts), allowedSizes },
          { method: "adaptive", coldStarts, concurrency: 1 },
        ),
      );
    // A standard run measures 8 sizes.
    expect(of(5).invocations).toBe(55 + 8 * 5);
    expect(of(5, 2).invocations).toBe(20 + 2 * 5);
    expect(of(5).expectedSeconds - of(0).expectedSeconds).toBeGreaterThan(8 * 5 * 4);
    expect(estimateSpend(input({ jobs: warm([512], 5), allowedSizes: 1 }, { method: "adaptive" })).invocations).toBe(9);
  });

  const objectives = [{ kind: "cost" }, { kind: "speed" }, { kind: "slo", durationMs: 300 }];
  it.each(
    objectives.flatMap((objective) => ["quick", "standard", "thorough"].map((preset) => ({ objective, preset }))),
  )("has in the worst case all that the method may do: %o", ({ objective, preset }) => {
    const { request } = parseRequest({ functionArn: "f", objective, sampling: { preset } });
    const allowance = allowanceOf(request);
    const adaptive = (facts: Partial<EstimateInput>) => estimateSpend(input({ ...request, ...facts })).worstCaseUsd;
    expect(adaptive({}) / estimateSpend(input()).worstCaseUsd).toBeCloseTo(allowance.invocations / 20, 6);
    const prices = { usdPerGbSecond: 0, usdPerRequest: 0, usdPerStateTransition: 1 };
    expect(adaptive({ prices })).toBe(transitionsOf({ rounds: allowance.rounds, sizesPerRound: 2 }));
  });

  it("has in the worst case the cold starts that the request forces, at every size that the method may measure", () => {
    const worst = (facts: Partial<EstimateInput>, coldStarts: number) =>
      estimateSpend(input(facts, { method: "adaptive", coldStarts })).worstCaseUsd /
      estimateSpend(input()).worstCaseUsd;
    const { rounds, invocations, sizesPerRound } = presets.standard;
    expect(worst({}, 5)).toBeCloseTo((invocations + 5 * (2 + (rounds - 1) * sizesPerRound)) / 20, 6);
    expect(worst({ allowedSizes: 2 }, 5)).toBeCloseTo((invocations + 10) / 20, 6);
    expect(worst({}, 100)).toBeCloseTo((invocations + requestLimits.versions) / 20, 6);
  });

  it("stays within the request's limit of invocations", () => {
    expect(estimateSpend(input({}, { method: "adaptive", maxInvocations: 30 })).invocations).toBe(30);
  });

  it("is never less in the worst case than expected", () => {
    const { expectedUsd, worstCaseUsd, expectedSeconds, worstCaseSeconds } = estimateSpend(
      input({ timeoutSeconds: 1 }),
    );
    expect(worstCaseUsd).toBeGreaterThanOrEqual(expectedUsd);
    expect(worstCaseSeconds).toBeGreaterThanOrEqual(expectedSeconds);
  });
});

describe("leastSpendUsd", () => {
  it("is what the first round costs if nothing takes any time", () => {
    expect(leastSpendUsd(input())).toBeGreaterThan(20 * 0.000001);
    expect(leastSpendUsd(input())).toBeLessThan(21 * 0.000001);
  });
});

describe("what an estimate rests on", () => {
  const jobs = [256, 4096].map((memorySizeMb) => ({ memorySizeMb, warm: 9, cold: 0, lanes: 1 }));
  const basis = { kind: "production" as const, durationMs: 100, memorySizeMb: 1024, invocations: 5, lookbackDays: 14 };

  it("is told with it, an assumption when nothing is known", () => {
    expect(estimateSpend(input({ basis })).basis).toEqual(basis);
    expect(estimateSpend(input()).basis).toEqual({ kind: "assumed", durationMs: 1000, memorySizeMb: 1024 });
  });

  it("is carried to each size half way between computing and waiting, within both", () => {
    const { expectedUsd, expectedRangeUsd } = estimateSpend(input({ jobs, basis }));
    const requests = 20 * 0.000001;
    const charge = (gbSeconds: number): number => 10 * gbSeconds * 0.00001;
    // 100 ms at 1,024 MB. Computing: 0.025 GB-s, 400 ms at 256 MB, 25 ms at 4,096 MB. Waiting: 100 ms at both.
    expect(expectedRangeUsd?.lower).toBeCloseTo(charge(0.025 + 0.1) + requests, 12);
    expect(expectedRangeUsd?.upper).toBeCloseTo(charge(0.1 + 0.4) + requests, 12);
    // Above 1,769 MB a single core gives nothing more.
    expect(expectedUsd).toBeCloseTo(charge(0.25 * 0.2 + 4 * 0.1 * Math.sqrt(1024 / 1769)) + requests, 12);
  });

  it("never expects an invocation to outlast the timeout", () => {
    const long = { ...basis, durationMs: 60_000 };
    const { expectedUsd, worstCaseUsd, expectedRangeUsd } = estimateSpend(input({ basis: long }));
    expect(expectedUsd).toBeCloseTo(worstCaseUsd, 12);
    expect(expectedRangeUsd?.upper).toBeCloseTo(worstCaseUsd, 12);
  });

  it("has the snapshots of SnapStart, of every version and for three hours", () => {
    const snapStart = { cacheUsdPerGbSecond: 0.000001, restoreUsdPerGb: 0.0001 };
    const more = estimateSpend(input({ snapStart })).expectedUsd - estimateSpend(input()).expectedUsd;
    expect(more).toBeCloseTo(1.5 * (3 * 3600 * 0.000001 + 0.0001), 12);
    expect(leastSpendUsd(input({ snapStart }))).toBeGreaterThan(more);
  });

  it("has those of the further versions that force cold starts, and each restore once", () => {
    const snapStart = { cacheUsdPerGbSecond: 0.000001, restoreUsdPerGb: 0.0001 };
    const forced = [{ memorySizeMb: 1024, warm: 9, cold: 7, lanes: 2 }];
    const more =
      estimateSpend(input({ jobs: forced, snapStart })).expectedUsd -
      estimateSpend(input({ jobs: forced })).expectedUsd;
    // One version for both lanes, and four for seven cold starts of two at a time.
    expect(more).toBeCloseTo(5 * 3 * 3600 * 0.000001 + 9 * 0.0001, 12);
  });
});
