import { describe, expect, it } from "vitest";
import { recommendTimeout } from "../../../core/timeout/recommend-timeout.ts";
import { production, sample, timeoutInput } from "./timeout-inputs.ts";

describe("with production data", () => {
  it("rests on the slowest invocations once there are 30,000", () => {
    const advice = recommendTimeout(timeoutInput({ production: production() }));
    expect(advice).toMatchObject({
      // 2200 ms with a tenth of room.
      recommendedSeconds: 3,
      boundedRiskSeconds: 3,
      // 410 ms plus one second.
      p99BasedSeconds: 2,
      decidedBy: "distribution-free",
      provisional: false,
      n: 50_000,
      upperBoundMs: 2200,
      currentP99Ms: 400,
    });
    expect(advice.supportedPercentile).toBeCloseTo(99.994, 3);
    expect(advice.expectedCutShare).toBeLessThan(1e-4);
  });

  it("says what an invocation costs that never returns, its ephemeral storage included", () => {
    const { maxChargeOfARunawayUsd } = recommendTimeout(timeoutInput({ storageAsMemoryMb: 512 }));
    // 30 s x 1.5 GB
    expect(maxChargeOfARunawayUsd.current).toBeCloseTo(30 * 1.5 * 0.00002 + 0.0000002, 12);
  });

  it("extrapolates the tail, and says so, from 3,000 invocations", () => {
    const advice = recommendTimeout(timeoutInput({ production: production({ sampleCount: 5000 }) }));
    expect(advice).toMatchObject({ recommendedSeconds: 7, decidedBy: "extrapolated", provisional: false });
  });

  it("recommends the p99-based timeout when that is the policy", () => {
    const policy = { policy: "p99", percentile: 99, marginMs: 1000 } as const;
    const advice = recommendTimeout(timeoutInput({ policy, production: production() }));
    expect(advice).toMatchObject({ recommendedSeconds: 2, boundedRiskSeconds: 3, decidedBy: "p99-based" });
  });

  it("does not lower the current timeout on fewer than 3,000 invocations", () => {
    const advice = recommendTimeout(timeoutInput({ production: production({ sampleCount: 800 }) }));
    expect(advice).toMatchObject({
      recommendedSeconds: 30,
      // 2.5 s, ten times the invocations outward.
      boundedRiskSeconds: 14,
      provisional: true,
      decidedBy: "little-production-data",
    });
  });

  it("stretches production's durations by what a smaller size costs", () => {
    const samplesAtRecommended = [250, 255, 245, 252, 262, 248].map((ms) => sample(ms));
    const advice = recommendTimeout(
      timeoutInput({ production: production(), recommendedMb: 410, samplesAtRecommended }),
    );
    expect(advice.slowdown?.expected).toBeCloseTo(2.5, 1);
    // 2.5 times 2200 ms with a tenth of room.
    expect(advice.recommendedSeconds).toBe(7);
  });

  it("leaves room for a slow cold start", () => {
    const samplesAtRecommended = [sample(8000, { cold: true, initMs: 900 }), ...[100, 101, 99].map((ms) => sample(ms))];
    const advice = recommendTimeout(timeoutInput({ production: production(), samplesAtRecommended }));
    // 8 s with a tenth of room.
    expect(advice).toMatchObject({ recommendedSeconds: 9, decidedBy: "cold-start" });
  });

  it("leaves more room for it while production shows too few cold starts to bound them", () => {
    const samplesAtRecommended = [sample(8000, { cold: true, initMs: 900 }), ...[100, 101, 99].map((ms) => sample(ms))];
    const seen = production({ sampleCount: 5000 });
    const advice = recommendTimeout(timeoutInput({ production: seen, samplesAtRecommended }));
    // 8 s times 1.3, with a tenth of room.
    expect(advice).toMatchObject({ recommendedSeconds: 12, decidedBy: "cold-start" });
  });

  it("counts an init phase over 10 s, which Lambda repeats under the timeout", () => {
    const samplesAtRecommended = [sample(1000, { cold: true, initMs: 11_000 }), ...[100, 101].map((ms) => sample(ms))];
    const advice = recommendTimeout(timeoutInput({ production: production(), samplesAtRecommended }));
    expect(advice.recommendedSeconds).toBe(14);
  });

  it("doubles a timeout that hides the tail, and asks for another measurement", () => {
    const seen = production({ maxMs: 3000, tail: [{ rank: 2, durationMs: 3000 }] }, { timeouts: 12 });
    const advice = recommendTimeout(timeoutInput({ currentSeconds: 3, production: seen }));
    expect(advice).toMatchObject({ recommendedSeconds: 6, decidedBy: "censored", censored: true, timeoutsSeen: 12 });
    expect(advice.explanation.join(" ")).toContain("measure again");
  });

  it("neither doubles nor lowers a timeout that fewer invocations reached than the policy allows", () => {
    const seen = production({ sampleCount: 1_000_000, maxMs: 30_000 }, { timeouts: 1 });
    const advice = recommendTimeout(timeoutInput({ production: seen }));
    expect(advice).toMatchObject({ recommendedSeconds: 30, decidedBy: "timeouts-seen" });
    expect(advice.censored).toBeUndefined();
  });

  it("stops half a second before the caller gives up, and says what share will fail", () => {
    const seen = production({ maxMs: 70_000, tail: [{ rank: 2, durationMs: 60_000 }], p999Ms: 40_000 });
    const ceilings = [
      { caller: "AppSync", ceilingMs: 30_000 },
      { caller: "API Gateway REST", ceilingMs: 29_000 },
    ];
    const advice = recommendTimeout(timeoutInput({ currentSeconds: 120, production: seen, ceilings }));
    expect(advice).toMatchObject({ recommendedSeconds: 28, decidedBy: "caller-ceiling", boundedRiskSeconds: 66 });
    expect(advice.expectedCutShare).toBeGreaterThan(1e-3);
    expect(advice.explanation.join(" ")).toContain("API Gateway REST waits 29.0 s at most");
  });

  it("tells what the rules of thumb would cut off", () => {
    const { naiveRules } = recommendTimeout(timeoutInput({ production: production() }));
    expect(naiveRules.map(({ rule, timeoutSeconds }) => [rule, timeoutSeconds])).toEqual([
      ["p99 + 1 s", 2],
      ["p99 + 2 s", 3],
      ["2 x p99", 1],
      ["1.5 x max", 4],
    ]);
    // p99.9 is 0.9 s: a timeout of 1 s cuts off somewhat less than 1 in 1,000.
    expect(naiveRules[2]?.expectedCutShare).toBeGreaterThan(2e-4);
    expect(naiveRules[2]?.expectedCutShare).toBeLessThan(1e-3);
  });

  it("advises the visibility timeout of the queues that feed the function", () => {
    const adviceWith = (visibilitySeconds?: number) =>
      recommendTimeout(
        timeoutInput({
          production: production(),
          queues: [{ name: "orders", ...(visibilitySeconds === undefined ? {} : { visibilitySeconds }) }],
        }),
      );
    const unknown = adviceWith();
    expect(unknown.queues).toEqual([{ name: "orders", neededSeconds: 18 }]);
    expect(unknown.explanation).toContain(
      "The visibility timeout of orders should be at least 18 s, six times the function's timeout.",
    );
    expect(adviceWith(30).explanation).toContain(
      "The queue orders hides a message for 30 s, at least 18 s, six times the function's timeout.",
    );
    expect(adviceWith(10)).toMatchObject({ recommendedSeconds: 3, queues: [{ visibilitySeconds: 10 }] });
    expect(adviceWith(10).explanation.at(-1)).toContain("raise its visibility timeout to 18 s");
  });

  it("lets no message come again while it is worked on, and says what the queue should be set to for more", () => {
    const seen = production({ maxMs: 40_000, tail: [{ rank: 2, durationMs: 38_000 }] });
    const advice = recommendTimeout(
      timeoutInput({ currentSeconds: 60, production: seen, queues: [{ name: "orders", visibilitySeconds: 30 }] }),
    );
    expect(advice).toMatchObject({
      recommendedSeconds: 29,
      decidedBy: "caller-ceiling",
      ceilings: [{ caller: "SQS queue orders", ceilingMs: 30_000 }],
      // 38 s and a tenth are 42 s.
      queues: [{ name: "orders", visibilitySeconds: 30, neededSeconds: 6 * 42 }],
    });
    expect(advice.explanation.join(" ")).toContain("hides a message for 30.0 s, after which it comes again");
  });
});

describe("without production data", () => {
  it("is provisional, and at least 3 s", () => {
    const advice = recommendTimeout(timeoutInput());
    expect(advice).toMatchObject({ recommendedSeconds: 3, provisional: true, decidedBy: "samples-only", n: 6 });
    expect(advice.explanation.some((sentence) => sentence.startsWith("Provisional:"))).toBe(true);
  });

  it("leaves three times the slowest sample", () => {
    const samplesAtRecommended = [4000, 4010, 3990, 4005, 4002, 4100].map((ms) => sample(ms));
    // 3 x 4.1 s + 0.5 s
    expect(recommendTimeout(timeoutInput({ samplesAtRecommended })).recommendedSeconds).toBe(13);
  });

  it("leaves room for a start whose init phase ran again within the invocation", () => {
    const samplesAtRecommended = [sample(12_002, { cold: true }), ...[2, 2.1, 1.9, 2.2, 2].map((ms) => sample(ms))];
    // Half as much again as 12 s, and half a second.
    expect(recommendTimeout(timeoutInput({ samplesAtRecommended }))).toMatchObject({
      recommendedSeconds: 19,
      decidedBy: "cold-start",
    });
  });

  it("bounds no invocation beyond the 900 s that Lambda lets one run", () => {
    const samplesAtRecommended = [1, 1.2, 12_000, 1.1, 1, 900].map((ms) => sample(ms));
    const advice = recommendTimeout(timeoutInput({ samplesAtRecommended }));
    expect(advice).toMatchObject({ recommendedSeconds: 900, upperBoundMs: 900_000 });
  });

  it("believes three samples that agree, and goes far beyond three that do not", () => {
    const withSamples = (...ms: number[]): number =>
      recommendTimeout(timeoutInput({ samplesAtRecommended: ms.map((each) => sample(each)) })).recommendedSeconds;
    // Three times the slowest, and half a second.
    expect(withSamples(2000, 2010, 1990)).toBe(7);
    // The lognormal bound would be 40 minutes: ten times the slowest, and half a second.
    expect(withSamples(2000, 1000, 1500)).toBe(21);
  });

  it("does not raise a timeout that is expected to cut off fewer than 1 in 10,000", () => {
    const samplesAtRecommended = [180, 190, 190, 200, 200, 210, 200, 180, 190, 950, 980, 1000].map((ms) => sample(ms));
    const adviceAt = (currentSeconds: number) =>
      recommendTimeout(timeoutInput({ currentSeconds, samplesAtRecommended }));
    expect(adviceAt(20)).toMatchObject({
      recommendedSeconds: 20,
      boundedRiskSeconds: 22,
      decidedBy: "current-suffices",
    });
    expect(adviceAt(20).expectedCutShare).toBeLessThan(1e-4);
    expect(adviceAt(10)).toMatchObject({ recommendedSeconds: 22, decidedBy: "samples-only" });
  });

  it("raises a timeout for the slowest cold start, whatever the warm samples say", () => {
    const samplesAtRecommended = [sample(4000, { cold: true }), ...[100, 102, 98, 101, 105].map((ms) => sample(ms))];
    expect(recommendTimeout(timeoutInput({ currentSeconds: 5, samplesAtRecommended }))).toMatchObject({
      recommendedSeconds: 7,
      decidedBy: "cold-start",
    });
  });

  it("applies the rules of thumb to the samples whose size they are for", () => {
    const samplesAtRecommended = [2464, 1900, 2200].map((ms) => sample(ms));
    const { naiveRules } = recommendTimeout(timeoutInput({ recommendedMb: 512, samplesAtRecommended }));
    expect(naiveRules).toMatchObject([{ rule: "1.5 x max", timeoutSeconds: 4 }]);
  });

  it("doubles the timeout that invocations of the run ended at", () => {
    const advice = recommendTimeout(timeoutInput({ currentSeconds: 10, timeoutsInRun: 1 }));
    expect(advice).toMatchObject({ recommendedSeconds: 20, decidedBy: "censored", censored: true });
  });

  it("bounds p99 by an order statistic from 299 samples on", () => {
    const samplesAtRecommended = Array.from({ length: 299 }, (_, index) => sample(100 + index));
    const advice = recommendTimeout(timeoutInput({ samplesAtRecommended }));
    expect(advice.supportedPercentile).toBeGreaterThan(99);
    expect(advice.p99BasedSeconds).toBe(2);
  });

  it("works from cold samples when there are no others", () => {
    const samplesAtRecommended = [sample(900, { cold: true }), sample(950, { cold: true })];
    // Two that differ by 5 %: the bound is 9.6 times as much.
    expect(recommendTimeout(timeoutInput({ samplesAtRecommended })).recommendedSeconds).toBe(10);
  });

  it("refuses to recommend anything from nothing", () => {
    expect(() => recommendTimeout(timeoutInput({ samplesAtRecommended: [] }))).toThrow(RangeError);
  });
});

it("charges a runaway invocation for its whole timeout, before and after", () => {
  const advice = recommendTimeout(timeoutInput({ currentSeconds: 900, recommendedMb: 512, production: production() }));
  expect(advice.maxChargeOfARunawayUsd.current).toBeCloseTo(900 * 0.00002 + 0.0000002, 10);
  expect(advice.maxChargeOfARunawayUsd.recommended).toBeCloseTo(
    advice.recommendedSeconds * 0.5 * 0.00002 + 0.0000002,
    10,
  );
});
