import { describe, expect, it } from "vitest";
import { chooseSize, type SizeChoice } from "../../../core/recommendation/choose-size.ts";
import type { SizeMeasurement } from "../../../core/run/measurement.ts";
import type { SamplingContext, StopReason } from "../../../core/sampling/decision.ts";
import { failedSize, measuredSize } from "../sampling/measured-size.ts";
import { samplingContext } from "../sampling/sampling-context.ts";
import { about } from "./measured-curve.ts";

const chosen = (
  sizes: readonly SizeMeasurement[],
  request: object = {},
  facts: Partial<SamplingContext> = {},
  stopped: StopReason = "converged",
): SizeChoice => {
  const choice = chooseSize(samplingContext(request, facts), sizes, stopped);
  if (choice === undefined) throw new RangeError("Expected a choice, got none.");
  return choice;
};

/** A function bound by CPU up to 1,024 MB, by I/O above. */
const bend = [512, 1024, 2048, 4096].map((mb) => measuredSize(mb, about(500_000 / Math.min(1024, mb) ** 1.3, 20)));

describe("chooseSize", () => {
  it("takes the size with the lowest charge", () => {
    expect(chosen(bend).memorySizeMb).toBe(1024);
  });

  it("takes the faster one the more duration weighs", () => {
    const fast = [512, 1024, 2048].map((mb) => measuredSize(mb, about(100_000 / mb ** 0.6, 20)));
    const at = (weight: number): number => chosen(fast, { objective: { kind: "balanced", weight } }).memorySizeMb;
    expect([at(0), at(1)]).toEqual([512, 2048]);
  });

  it("names the sizes whose charge is the same within the tolerance, and takes the largest of those that are closest", () => {
    // The charge rises by 0.2 % with every step up.
    const even = [1024, 1400, 1769].map((mb, step) => measuredSize(mb, about((102_400 * 1.002 ** step) / mb, 60)));
    const choice = chosen(even, { sampling: { tolerance: 0.2 } });
    expect(choice.memorySizeMb).toBe(1769);
    expect(choice.tiedWithMb).toEqual([1024, 1400]);
    expect(chosen(bend, { sampling: { tolerance: 0.1 } }).tiedWithMb).toEqual([]);
  });

  it("leaves out sizes without headroom over the memory that is used", () => {
    const tight = [512, 1024, 1769].map((mb) => measuredSize(mb, about(100), { maxMemoryUsedMb: 500 }));
    expect(chosen(tight).memorySizeMb).toBe(1024);
    expect(chosen([failedSize(512, "out-of-memory"), ...tight.slice(1)]).memorySizeMb).toBe(1024);
  });

  it("takes the largest that ran where none has headroom, and does not call that conclusive", () => {
    const tight = [512, 1024].map((mb) => measuredSize(mb, about(100), { maxMemoryUsedMb: 1000 }));
    expect(chosen(tight)).toMatchObject({ memorySizeMb: 1024, conclusive: false });
  });

  it("chooses nothing where nothing ran", () => {
    expect(chooseSize(samplingContext(), [], "no-usable-size")).toBeUndefined();
    expect(chooseSize(samplingContext(), [failedSize(512, "failing")], "no-usable-size")).toBeUndefined();
  });

  it.each([
    ["converged", true],
    ["plan-complete", true],
    ["spend-limit", false],
    ["invocation-limit", false],
    ["round-limit", false],
  ] as const)("that ended by %s is conclusive: %s", (stopped, conclusive) => {
    expect(chosen(bend, {}, {}, stopped).conclusive).toBe(conclusive);
  });

  it("weighs the risk of memory pressure that few calls leave, and reports what they have shown", () => {
    // 192 MB is 3 % cheaper by its six calls; under pressure, one in sixteen would take thirty times as long.
    const io = [
      measuredSize(192, about(485, 6)),
      measuredSize(768, about(125, 30)),
      measuredSize(1769, about(100, 30)),
    ];
    const { memorySizeMb, curve, explanation } = chosen(io);
    expect(memorySizeMb).toBe(768);
    expect(explanation[0]).toMatch(
      /^768 MB .* 192 MB looks [1-5](\.\d)?% cheaper, but its 6 invocations leave a chance/,
    );
    const reported = curve.find((point) => point.memorySizeMb === 192)?.durationMs ?? 0;
    expect(Math.abs(reported / 485 - 1)).toBeLessThan(0.04);
  });

  it("compares with the current size where that was measured, else not at all", () => {
    const { savingPercent, durationChangePercent } = chosen(bend, {}, { currentMb: 4096 });
    expect(Math.abs((savingPercent?.expected ?? 0) - 74)).toBeLessThan(4);
    expect(Math.abs(durationChangePercent ?? 99)).toBeLessThan(5);
    expect(chosen(bend, {}, { currentMb: 1024 }).savingPercent?.expected).toBe(0);
    const { savingPercent: none, durationChangePercent: neither } = chosen(bend, {}, { currentMb: 3008 });
    expect([none, neither]).toEqual([undefined, undefined]);
  });

  it("draws the curve from the smallest to the largest measured size, through all of them", () => {
    const sizes = chosen(bend).curve.map(({ memorySizeMb }) => memorySizeMb);
    expect([sizes[0], sizes.at(-1)]).toEqual([512, 4096]);
    expect(sizes).toEqual(expect.arrayContaining([512, 1024, 2048, 4096]));
    expect(sizes).toEqual(sizes.toSorted((a, b) => a - b));
    expect(sizes.length).toBeGreaterThan(15);
  });

  it("tells the slope below one vCPU", () => {
    expect(Math.abs((chosen(bend.slice(0, 2)).slopeBelowOneVcpu ?? 0) + 1.3)).toBeLessThan(0.1);
    expect(chosen(bend.slice(2)).slopeBelowOneVcpu).toBeUndefined();
  });

  it("says what it is sure of: the regret that is left is small after many calls, larger after few", () => {
    const few = [512, 1024, 2048, 4096].map((mb) => measuredSize(mb, about(500_000 / Math.min(1024, mb) ** 1.3, 2)));
    const [sure, unsure] = [bend, few].map(
      (sizes) =>
        chosen(sizes, { memory: { sizesMb: [512, 720, 1024, 1450, 2048, 4096] } }).regretBoundPercent?.value ?? -1,
    );
    expect(sure).toBeGreaterThanOrEqual(0);
    expect(unsure).toBeGreaterThan(sure ?? 0);
  });

  it("explains itself in sentences", () => {
    const { explanation } = chosen(bend);
    expect(explanation[0]).toContain("1024 MB");
    for (const sentence of explanation) expect(sentence).toMatch(/^[A-Z0-9].*\.$/);
  });
});
