import { describe, expect, it } from "vitest";
import { needsItsTimeout, timeoutObjection } from "../../../core/timeout/timeout-objection.ts";
import { recommendTimeout } from "../../../core/timeout/recommend-timeout.ts";
import { production, sample, timeoutInput } from "./timeout-inputs.ts";

const around = (ms: number) => [1, 1.02, 0.98, 1.01, 1.05, 0.99].map((factor) => sample(ms * factor));
/** Healthy invocations of up to 2.5 s, under callers that wait 2 s. */
const cutting = { ceilingMs: 2000 };

describe("a recommended timeout", () => {
  it.each([
    ["rests on production alone", { production: production() }, undefined],
    ["is the current one", { currentSeconds: 3 }, undefined],
    ["is shorter on the word of a few samples", {}, "provisional"],
    [
      "is longer on the word of a few samples",
      { currentSeconds: 3, samplesAtRecommended: around(4000), recommendedMb: 512 },
      undefined,
    ],
    ["is longer for invocations that nobody saw the end of", { currentSeconds: 3, timeoutsInRun: 1 }, "censored"],
    [
      "cuts off healthy invocations for a caller that was found",
      { production: production(), ceilings: [{ caller: "API Gateway", ...cutting }] },
      "caller-ceiling",
    ],
    [
      "cuts off healthy invocations for a caller that the request names",
      { production: production(), ceilings: [{ caller: "request", ...cutting }] },
      undefined,
    ],
    [
      "fits the patience of a caller that was found",
      { production: production(), ceilings: [{ caller: "API Gateway", ceilingMs: 29_000 }] },
      undefined,
    ],
  ])("that %s meets the objection %#", (_, facts, objection) => {
    expect(timeoutObjection(recommendTimeout(timeoutInput(facts)))).toBe(objection);
  });
});

describe("a recommended size", () => {
  const slower = { recommendedMb: 512, samplesAtRecommended: around(180) };

  it("needs its timeout where healthy invocations would not fit the current one any more", () => {
    const advice = recommendTimeout(timeoutInput({ ...slower, currentSeconds: 3, production: production() }));
    expect(advice.keptCutShare).toBeGreaterThan(1e-4);
    expect(needsItsTimeout(advice)).toBe(true);
  });

  it.each([
    ["the current one is long enough", { ...slower, production: production() }],
    ["it cuts off no more than it does now", { currentSeconds: 2, production: production() }],
  ])("does without where %s", (_, facts) => {
    expect(needsItsTimeout(recommendTimeout(timeoutInput(facts)))).toBe(false);
  });
});
