import * as fc from "fast-check";
import { expect, it } from "vitest";
import { timeoutRecommendationSchema } from "../../../core/report/schema.ts";
import { recommendTimeout } from "../../../core/timeout/recommend-timeout.ts";
import type { TimeoutInput } from "../../../core/timeout/timeout-input.ts";
import { productionDuration, sample, timeoutInput } from "./timeout-inputs.ts";

const durations = fc.array(fc.double({ min: 0.5, max: 800_000, noNaN: true }), { minLength: 1, maxLength: 12 });

/** Ascending milliseconds for p50, p90, p95, p99, p99.9, two ranks and the maximum. */
const quantiles = fc
  .array(fc.double({ min: 0.5, max: 900_000, noNaN: true }), { minLength: 8, maxLength: 8 })
  .map((values) => values.sort((a, b) => a - b));

const production = fc.record({ sampleCount: fc.integer({ min: 1, max: 10_000_000 }), quantiles }).map((seen) => {
  const [p50Ms = 1, p90Ms = 1, p95Ms = 1, p99Ms = 1, p999Ms = 1, fifth = 1, second = 1, maxMs = 1] = seen.quantiles;
  const tail = [
    { rank: 2, durationMs: second },
    { rank: 5, durationMs: fifth },
  ];
  const { sampleCount } = seen;
  const duration = productionDuration({ sampleCount, p50Ms, p90Ms, p95Ms, p99Ms, p999Ms, maxMs, tail });
  return { lookbackDays: 14, resource: "function", invocations: sampleCount, errors: 0, throttles: 0, duration };
});

const input = fc
  .record({
    currentSeconds: fc.integer({ min: 1, max: 900 }),
    recommendedMb: fc.integer({ min: 128, max: 10_240 }),
    policy: fc.constantFrom("bounded-risk" as const, "p99" as const),
    before: durations,
    after: durations,
    production: fc.option(production, { nil: undefined }),
    ceilingMs: fc.option(fc.integer({ min: 1000, max: 900_000 }), { nil: undefined }),
  })
  .map(
    ({ currentSeconds, recommendedMb, policy, before, after, production: seen, ceilingMs }): TimeoutInput =>
      timeoutInput({
        currentSeconds,
        recommendedMb,
        policy: { policy, percentile: 99, marginMs: 1000 },
        samplesAtCurrent: before.map((ms) => sample(ms)),
        samplesAtRecommended: after.map((ms) => sample(ms)),
        ...(seen === undefined ? {} : { production: seen }),
        ceilings: ceilingMs === undefined ? [] : [{ caller: "a caller", ceilingMs }],
      }),
  );

it("fits the report, and keeps bounded risk at or above p99", () => {
  fc.assert(
    fc.property(input, (given) => {
      const advice = timeoutRecommendationSchema.parse(recommendTimeout(given));
      expect(advice.recommendedSeconds).toBeGreaterThanOrEqual(1);
      expect(advice.recommendedSeconds).toBeLessThanOrEqual(900);
      expect(advice.boundedRiskSeconds).toBeGreaterThanOrEqual(Math.max(2, advice.p99BasedSeconds));
      for (const share of [advice.expectedCutShare, ...advice.naiveRules.map((rule) => rule.expectedCutShare)]) {
        expect(share).toBeGreaterThanOrEqual(0);
        expect(share).toBeLessThanOrEqual(1);
      }
    }),
  );
});

it("recommends nothing that the caller does not wait for", () => {
  fc.assert(
    fc.property(input, (given) => {
      const { recommendedSeconds } = recommendTimeout(given);
      for (const { ceilingMs } of given.ceilings) {
        expect(recommendedSeconds * 1000).toBeLessThanOrEqual(Math.max(1000, ceilingMs - 500));
      }
    }),
  );
});

it("never gives production that is slower throughout a shorter timeout", () => {
  fc.assert(
    fc.property(production, fc.double({ min: 1, max: 5, noNaN: true }), (seen, factor) => {
      const { duration } = seen;
      const slower = {
        ...seen,
        duration: productionDuration({
          sampleCount: duration.sampleCount,
          p99Ms: (duration.p99Ms ?? 1) * factor,
          p999Ms: (duration.p999Ms ?? 1) * factor,
          maxMs: duration.maxMs * factor,
          tail: duration.tail.map(({ rank, durationMs }) => ({ rank, durationMs: durationMs * factor })),
        }),
      };
      const before = recommendTimeout(timeoutInput({ currentSeconds: 1, production: seen }));
      const after = recommendTimeout(timeoutInput({ currentSeconds: 1, production: slower }));
      expect(after.boundedRiskSeconds).toBeGreaterThanOrEqual(before.boundedRiskSeconds);
    }),
  );
});

it("is a whole number of seconds from 1 to 900, and never below p99-based unless the caller gives up earlier", () => {
  fc.assert(
    fc.property(input, (given) => {
      const { recommendedSeconds, p99BasedSeconds, decidedBy } = recommendTimeout(given);
      expect(Number.isInteger(recommendedSeconds)).toBe(true);
      expect(recommendedSeconds).toBeGreaterThanOrEqual(1);
      expect(recommendedSeconds).toBeLessThanOrEqual(900);
      const least = decidedBy === "caller-ceiling" ? 1 : p99BasedSeconds;
      expect(recommendedSeconds).toBeGreaterThanOrEqual(least);
    }),
  );
});

it("never gives a slower tail a shorter timeout, however few invocations show it", () => {
  fc.assert(
    fc.property(input, production, fc.double({ min: 1, max: 20, noNaN: true }), (given, seen, factor) => {
      const slower = {
        ...seen,
        duration: {
          ...seen.duration,
          maxMs: seen.duration.maxMs * factor,
          tail: seen.duration.tail.map(({ rank, durationMs }) => ({ rank, durationMs: durationMs * factor })),
        },
      };
      const before = recommendTimeout({ ...given, production: seen });
      const after = recommendTimeout({ ...given, production: slower });
      expect(after.boundedRiskSeconds).toBeGreaterThanOrEqual(before.boundedRiskSeconds);
      expect(after.recommendedSeconds).toBeGreaterThanOrEqual(before.recommendedSeconds);
    }),
  );
});

it("never gives a history that is nowhere faster a shorter timeout, where invocations are plenty", () => {
  const factors = fc.array(fc.double({ min: 1, max: 3, noNaN: true }), { minLength: 6, maxLength: 6 });
  const plenty = fc.integer({ min: 30_000, max: 10_000_000 });
  fc.assert(
    fc.property(
      input,
      production,
      plenty,
      factors,
      (given, drawn, sampleCount, [a = 1, b = 1, c = 1, d = 1, e = 1]) => {
        const seen = { ...drawn, invocations: sampleCount, duration: { ...drawn.duration, sampleCount } };
        const { p99Ms = 1, p999Ms = 1, maxMs, tail } = seen.duration;
        const slower = {
          ...seen,
          duration: {
            ...seen.duration,
            p99Ms: p99Ms * a,
            p999Ms: p999Ms * Math.max(a, b),
            tail: tail.map(({ rank, durationMs }) => ({
              rank,
              durationMs: durationMs * Math.max(a, b, c, rank === 2 ? d : 1),
            })),
            maxMs: maxMs * Math.max(a, b, c, d, e),
          },
        };
        expect(recommendTimeout({ ...given, production: slower }).recommendedSeconds).toBeGreaterThanOrEqual(
          recommendTimeout({ ...given, production: seen }).recommendedSeconds,
        );
      },
    ),
  );
});

it("never gives more confidence a shorter timeout", () => {
  fc.assert(
    fc.property(input, fc.constantFrom(0.8, 0.9), fc.constantFrom(0.95, 0.99), (given, less, more) => {
      expect(recommendTimeout({ ...given, confidence: more }).boundedRiskSeconds).toBeGreaterThanOrEqual(
        recommendTimeout({ ...given, confidence: less }).boundedRiskSeconds,
      );
    }),
  );
});

it("expects a longer timeout to cut off no more", () => {
  fc.assert(
    fc.property(input, (given) => {
      const { naiveRules, recommendedSeconds, expectedCutShare } = recommendTimeout(given);
      const settings = [...naiveRules, { rule: "ours", timeoutSeconds: recommendedSeconds, expectedCutShare }];
      const rising = settings.toSorted((a, b) => a.timeoutSeconds - b.timeoutSeconds);
      rising.slice(1).forEach((setting, index) => {
        expect(setting.expectedCutShare).toBeLessThanOrEqual((rising[index]?.expectedCutShare ?? 1) + 1e-12);
      });
    }),
  );
});
