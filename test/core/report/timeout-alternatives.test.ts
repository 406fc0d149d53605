import { expect, it } from "vitest";
import type { Report, TimeoutRecommendation } from "../../../core/report/schema.ts";
import { alternativesStatement, timeoutAlternatives } from "../../../core/report/timeout-alternatives.ts";
import { recommendTimeout } from "../../../core/timeout/recommend-timeout.ts";
import { production, timeoutInput } from "../timeout/timeout-inputs.ts";
import { thumbnailReport } from "./render-fixtures.ts";

const words = (timeoutRecommendation: TimeoutRecommendation): string | undefined =>
  alternativesStatement({ ...thumbnailReport, timeoutRecommendation } satisfies Report);

const policy = { policy: "p99", percentile: 99, marginMs: 1000 } as const;

it("says what each rule of thumb and our other policy would have cut off", () => {
  expect(words(recommendTimeout(timeoutInput({ production: production() })))).toBe(
    "p99-based: 2 s and 1 in 20,000 cut off; p99 + 1 s: 2 s, 1 in 20,000; p99 + 2 s: 3 s, 1 in 130,000; 2 x p99: 1 s, 1 in 1,500; 1.5 x max: 4 s, 1 in 350,000.",
  );
});

it("compares with bounded risk when the policy is p99", () => {
  const advice = recommendTimeout(timeoutInput({ production: production(), policy }));
  expect(timeoutAlternatives(advice)[0]).toEqual({
    rule: "bounded risk",
    timeoutSeconds: advice.boundedRiskSeconds,
    expectedCutShare: advice.boundedRiskCutShare,
  });
});

it("leaves out the other policy where both come to the same", () => {
  const advice = recommendTimeout(timeoutInput({ production: production(), policy: { ...policy, marginMs: 2000 } }));
  expect(advice.p99BasedSeconds).toBe(advice.boundedRiskSeconds);
  expect(timeoutAlternatives(advice)).toEqual(advice.naiveRules);
});

it("says on what the shares of a few samples rest", () => {
  expect(words(recommendTimeout(timeoutInput()))).toMatch(/ \(if durations are lognormal\)\.$/);
});

it("says which size the rules of thumb look at when it is not the recommended one", () => {
  const advice = recommendTimeout(timeoutInput({ production: production(), recommendedMb: 640 }));
  expect(words(advice)).toMatch(/; the rules of thumb look at 1024 MB, where production ran\.$/);
});
