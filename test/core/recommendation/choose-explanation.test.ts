import { describe, expect, it } from "vitest";
import { explainChoice } from "../../../core/recommendation/choose-explanation.ts";
import { chooseSize } from "../../../core/recommendation/choose-size.ts";
import type { SizeMeasurement } from "../../../core/run/measurement.ts";
import type { JudgedSize } from "../../../core/recommendation/judge-sizes.ts";
import { failedSize, measuredSize } from "../sampling/measured-size.ts";
import { samplingContext } from "../sampling/sampling-context.ts";

/** Durations of 90 to 110 ms, as many as asked for. */
const around100 = (count: number): number[] => Array.from({ length: count }, (_, call) => 90 + ((call * 8) % 21));

describe("the sentence about a limit on latency", () => {
  const said = (durationMs: number, calls: number): string | undefined => {
    const request = {
      objective: { kind: "slo", percentile: 95, durationMs },
      sampling: { method: "fixed" },
      memory: { sizesMb: [512] },
    };
    return chooseSize(samplingContext(request), [measuredSize(512, around100(calls))], "plan-complete")?.explanation[0];
  };

  it("tells what was shown from what is estimated", () => {
    expect(said(200, 100)).toBe("512 MB is the cheapest size whose p95 was shown to stay under 200 ms.");
    expect(said(200, 20)).toContain("is estimated to stay under 200 ms");
  });

  it("tells a limit that is missed from one that could not be shown", () => {
    expect(said(50, 100)).toBe("No size keeps p95 under 50 ms; 512 MB comes closest.");
    expect(said(108, 60)).toContain("No size could be shown to keep p95 under 108 ms");
  });
});

describe("the sentence about speed", () => {
  it("does not speak of 0%", () => {
    const request = {
      objective: { kind: "speed", toleranceP: 0 },
      sampling: { method: "fixed" },
      memory: { sizesMb: [512, 1024] },
    };
    const sizes = [measuredSize(512, around100(20)), measuredSize(1024, around100(20))];
    expect(chooseSize(samplingContext(request), sizes, "plan-complete")?.explanation[0]).toBe(
      "512 MB is the cheapest of the sizes that are as fast as the fastest, as far as noise lets one tell.",
    );
  });
});

it("tells a single size that was asked for from the only one that could be used", () => {
  const said = (others: readonly SizeMeasurement[]) => {
    const request = { sampling: { method: "fixed" }, memory: { sizesMb: [128, 512] } };
    const sizes = [...others, measuredSize(512, around100(20))];
    return chooseSize(samplingContext(request), sizes, "plan-complete")?.explanation[0];
  };
  expect(said([])).toBe("512 MB is the only size that was measured.");
  expect(said([failedSize(128, "out-of-memory")])).toBe("512 MB is the only size that could be used.");
});

it("names the sizes that are as good in one phrase", () => {
  const request = { sampling: { method: "fixed" }, memory: { sizesMb: [256, 512, 1024] } };
  const times = (factor: number) => around100(40).map((ms) => factor * ms);
  const sizes = [measuredSize(256, times(4)), measuredSize(512, times(2)), measuredSize(1024, times(1))];
  expect(chooseSize(samplingContext(request), sizes, "plan-complete")?.explanation[1]).toMatch(
    /^\d+ and \d+ MB are as good within 2%, the tolerance of this run\.$/,
  );
});

describe("the sentence about the lowest charge", () => {
  const judged = (memorySizeMb: number, chargePerMillionUsd: number) =>
    ({ memorySizeMb, chargePerMillionUsd, n: 7 }) as JudgedSize;
  const said = (otherUsd: number, pressures: Readonly<Record<number, number>> = {}, otherMb = 512) =>
    explainChoice(samplingContext({}), {
      best: judged(1024, 4.66),
      tied: [],
      candidates: [judged(otherMb, otherUsd), judged(1024, 4.66)],
      pressureProbabilities: new Map(Object.entries(pressures).map(([mb, chance]) => [Number(mb), chance])),
      stopped: "converged",
      floorMb: 128,
      verdict: undefined,
      isOnly: false,
      triedSizes: 2,
    });

  it("is not said of a size that is taken for being faster at a trifle more", () => {
    expect(said(4.65)[0]).toBe(
      "1024 MB costs at most 0.5% more per invocation than 512 MB, the cheapest of the sizes measured, and is faster.",
    );
    expect(said(4.67)[0]).toBe("1024 MB has the lowest charge per invocation of the sizes measured.");
  });

  it("does not call the chosen size faster than a larger one", () => {
    expect(said(4.65, {}, 2048)[0]).toBe(
      "1024 MB has about the lowest charge per invocation of the sizes measured: 2048 MB looks 0.2% cheaper, which is within what is not known of both.",
    );
  });

  it("names a size that looks cheaper, and the risk that speaks against it", () => {
    expect(said(4.4, { 512: 0.061 })[0]).toBe(
      "1024 MB has the lowest charge per invocation of the sizes measured once risk is counted: 512 MB looks 5.6% cheaper, but its 7 invocations leave a chance of 6.1% that it is short of memory now and then, and that would cost far more.",
    );
  });

  it("owns up to a size that looks cheaper where no risk speaks against it", () => {
    expect(said(4.6)[0]).toBe(
      "1024 MB has about the lowest charge per invocation of the sizes measured: 512 MB looks 1.3% cheaper, which is within what is not known of both.",
    );
  });

  it("is followed by the risk that is left of the chosen size, where there is any to speak of", () => {
    expect(said(5, { 512: 0.3, 1024: 0.034 })).toContain(
      "The intervals are for a function that has enough memory at 1024 MB: its 7 invocations leave a chance of 3.4% that it is short of memory now and then.",
    );
    expect(said(5, { 512: 0.3, 1024: 0.004 })).toHaveLength(2);
  });
});
