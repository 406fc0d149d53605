import { describe, expect, it } from "vitest";
import type { SimulatedFunction } from "../../../bench/sampling/simulated-function.ts";
import { priceOf, pricedRegions } from "../../../core/pricing/price-book.ts";
import { chooseSize } from "../../../core/recommendation/choose-size.ts";
import type { SizeMeasurement } from "../../../core/run/measurement.ts";
import { nextRound } from "../../../core/sampling/next-round.ts";
import { observeSizes } from "../../../core/sampling/observe-sizes.ts";
import { invocationCharge, spendSoFar } from "../../../core/sampling/spend.ts";
import { failedSize, measuredSize, times } from "./measured-size.ts";
import { samplingContext } from "./sampling-context.ts";
import { notFinite, simulatedFunction, simulatedRun } from "./simulated-run.ts";

/** A run with the preset standard, every number of which is one. */
const runOf = (facts: Partial<SimulatedFunction>, request: object = {}, seen?: Parameters<typeof simulatedRun>[2]) => {
  const run = simulatedRun(
    samplingContext(request, { currentMb: facts.currentMb ?? 1024 }),
    simulatedFunction(facts),
    seen,
  );
  expect(notFinite([run.jobs, run.choice])).toEqual([]);
  return run;
};

describe("durations", () => {
  it("that are constant end in the smallest size, soon", () => {
    const { choice, stopped, invocations } = runOf({ durationMs: () => 100 });
    expect([choice?.memorySizeMb, choice?.conclusive, stopped]).toEqual([128, true, "converged"]);
    // Among them those that show that the smallest size is not short of memory.
    expect(invocations).toBeLessThan(90);
    // By hand: 100 ms at an eighth of a GB, and the fee.
    const charge = 1e6 * ((0.1 / 8) * 0.0000166667 + 0.0000002);
    expect(Math.abs((choice?.chargePerMillionUsd.expected ?? 0) / charge - 1)).toBeLessThan(0.1);
  });

  it("of two points end in a small size, with an interval that holds the mean of both", () => {
    const { choice } = runOf({ durationMs: (_memory, _payload, position) => (position < 0.5 ? 100 : 200) });
    const memoryMb = choice?.memorySizeMb ?? 0;
    expect(memoryMb).toBeLessThanOrEqual(160);
    const charge = 1e6 * invocationCharge(memoryMb, 150, samplingContext());
    expect(choice?.chargePerMillionUsd.interval?.lower).toBeLessThan(charge);
    expect(choice?.chargePerMillionUsd.interval?.upper).toBeGreaterThan(charge);
  });

  it("under a millisecond are billed as one, and end in the smallest size", () => {
    const { choice } = runOf({ durationMs: () => 0.4, initMs: 90 });
    expect(choice?.memorySizeMb).toBe(128);
    expect(choice?.chargePerMillionUsd.expected).toBeGreaterThan(1e6 * invocationCharge(128, 0.99, samplingContext()));
    const point = choice?.curve.find(({ memorySizeMb }) => memorySizeMb === 128);
    expect(point?.durationMs).toBeGreaterThan(0.39);
    expect(point?.durationMs).toBeLessThan(0.6);
  });

  it("of ten minutes are worth no more calls than those of a tenth of a second", () => {
    const at = (unitMs: number) =>
      runOf({ durationMs: (mb) => Math.round((unitMs * 1024) / Math.min(1769, mb) ** 0.9), initMs: 0 });
    const [minutes, moment] = [at(600_000), at(6000)];
    expect(minutes.stopped).toBe("converged");
    expect(minutes.invocations).toBeLessThanOrEqual(moment.invocations + 15);
    const peak = 600_000 * 1024;
    const costOf = (mb: number): number => mb * (peak / Math.min(1769, mb) ** 0.9);
    expect(costOf(minutes.choice?.memorySizeMb ?? 10_240) / costOf(128)).toBeLessThan(1.05);
  });
});

describe("three samples", () => {
  const cold = times(3, 100).map((durationMs) => ({ durationMs, cold: true, initMs: 50, billedMs: 150 }));
  const allCold = measuredSize(1024, cold);

  it.each([
    ["at one size", [measuredSize(1024, [100, 130, 90])]],
    ["one at each of three sizes", [measuredSize(512, [200]), measuredSize(1024, [100]), measuredSize(1769, [60])]],
    ["all cold", [allCold]],
  ])("%s, give a choice without a NaN", (_, sizes) => {
    const choice = chooseSize(samplingContext(), sizes, "invocation-limit");
    expect(notFinite(choice)).toEqual([]);
    expect(choice?.memorySizeMb).toBeGreaterThanOrEqual(512);
    expect(choice?.conclusive).toBe(false);
    const decision = nextRound(samplingContext(), sizes, 1);
    expect(notFinite(decision)).toEqual([]);
  });
});

describe("sizes", () => {
  it("of which there is one: it is measured, and chosen", () => {
    const { choice, stopped, jobs } = runOf({ durationMs: (mb) => 1e5 / mb }, { memory: { sizesMb: [512] } });
    expect(choice).toMatchObject({ memorySizeMb: 512, conclusive: true, tiedWithMb: [] });
    expect(choice?.regretBoundPercent).toBeUndefined();
    expect(stopped).toBe("converged");
    expect(new Set(jobs.flat().map(({ memorySizeMb }) => memorySizeMb))).toEqual(new Set([512]));
  });

  it("all out of memory but the largest: the largest is chosen", () => {
    const { choice, jobs } = runOf({ memoryUsedMb: 9100, currentMb: 10_240 });
    expect(choice?.memorySizeMb).toBe(10_240);
    expect(jobs.length).toBeLessThanOrEqual(8);
  });

  it("all out of memory: none is chosen, and sampling says so", () => {
    const { choice, stopped } = runOf({ memoryUsedMb: 20_000 });
    expect([choice, stopped]).toEqual([undefined, "no-usable-size"]);
  });

  it("with a cliff between two of them: the choice lies just above it", () => {
    for (const edgeMb of [300, 400, 700]) {
      const { choice } = runOf({ durationMs: (mb) => (mb < edgeMb ? 4000 : 500) });
      expect(choice?.memorySizeMb).toBeGreaterThanOrEqual(edgeMb);
      expect(choice?.memorySizeMb).toBeLessThan(1.3 * edgeMb);
    }
  });

  it.each([
    ["every invocation", (size: SizeMeasurement) => failedSize(size.memorySizeMb, "failing", size.invocations)],
    ["more invocations than it may", (size: SizeMeasurement) => ({ ...size, outcome: "failing" as const })],
  ])("of which one fails %s: the others decide", (_, failing) => {
    const durationMs = (mb: number): number => 1e5 / Math.min(512, mb) ** 1.2;
    const memory = { sizesMb: [256, 512, 1024] };
    const { choice, stopped } = runOf({ durationMs }, { memory }, (size) =>
      size.memorySizeMb === 512 ? failing(size) : size,
    );
    expect(choice?.memorySizeMb).toBe(256);
    expect(stopped).toBe("converged");
  });

  it("that all fail: none is chosen, and sampling ends", () => {
    const { choice, stopped } = runOf({}, {}, ({ memorySizeMb, invocations }) =>
      failedSize(memorySizeMb, "failing", invocations),
    );
    expect([choice, stopped]).toEqual([undefined, "no-usable-size"]);
  });
});

describe("prices", () => {
  const sizes = [512, 1024, 1769].map((mb) =>
    measuredSize(
      mb,
      [98, 100, 101, 103].map((ms) => (ms * 700) / mb),
    ),
  );
  const everywhere = pricedRegions().flatMap((region) =>
    (["x86_64", "arm64"] as const).map((architecture) => ({ region, architecture })),
  );
  const contextOf = ({ region, architecture }: (typeof everywhere)[number]) => {
    const { usdPerGbSecond, usdPerRequest } = priceOf(region, architecture).prices;
    return samplingContext({ memory: { sizesMb: [512, 1024, 1769] } }, { usdPerGbSecond, usdPerRequest });
  };

  it("of every region and architecture lead to the same choice, at that region's charges", () => {
    const reference = chooseSize(samplingContext({ memory: { sizesMb: [512, 1024, 1769] } }), sizes, "converged");
    const gbSeconds = ((reference?.chargePerMillionUsd.expected ?? 0) / 1e6 - 0.0000002) / 0.0000166667;
    for (const place of everywhere) {
      const context = contextOf(place);
      const choice = chooseSize(context, sizes, "converged");
      expect({ ...place, mb: choice?.memorySizeMb }).toEqual({ ...place, mb: reference?.memorySizeMb });
      const charge = 1e6 * (gbSeconds * context.usdPerGbSecond + context.usdPerRequest);
      expect((choice?.chargePerMillionUsd.expected ?? 0) / charge).toBeCloseTo(1, 9);
      expect(notFinite(choice)).toEqual([]);
    }
  });

  it("of every region and architecture make the spend that its invocations come to", () => {
    const observations = observeSizes(sizes);
    for (const place of everywhere) {
      const context = contextOf(place);
      const gbSeconds = observations.reduce(
        (sum, { memorySizeMb, all }) =>
          sum + all.reduce((ms, { billedMs }) => ms + billedMs, 0) * (memorySizeMb / 1_024_000),
        0,
      );
      const { chargeUsd, invocations } = spendSoFar(observations, context);
      expect(invocations).toBe(15);
      expect(chargeUsd / (gbSeconds * context.usdPerGbSecond + 15 * context.usdPerRequest)).toBeCloseTo(1, 12);
    }
  });

  it("of every region and architecture leave the rounds as they are", () => {
    const reference = nextRound(samplingContext({ memory: { sizesMb: [512, 1024, 1769] } }), sizes, 1);
    for (const place of everywhere) expect(nextRound(contextOf(place), sizes, 1)).toEqual(reference);
  });
});
