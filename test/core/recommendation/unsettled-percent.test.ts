import { describe, expect, it } from "vitest";
import { chooseSize, type SizeChoice } from "../../../core/recommendation/choose-size.ts";
import type { StopReason } from "../../../core/sampling/decision.ts";
import { measuredSize } from "../sampling/measured-size.ts";
import { samplingContext } from "../sampling/sampling-context.ts";
import { about, type CallsBySize } from "./measured-curve.ts";

const choiceOf = (calls: CallsBySize, request: object = {}, stopped: StopReason = "plan-complete"): SizeChoice => {
  const sizes = Object.entries(calls).map(([mb, durations]) => measuredSize(Number(mb), durations));
  const asked = { memory: { sizesMb: Object.keys(calls).map(Number) }, ...request };
  const choice = chooseSize(samplingContext(asked), sizes, stopped);
  if (choice === undefined) throw new RangeError("Expected a choice, got none.");
  return choice;
};

/** Three calls a size of a heavy tail, which say nothing of which size is better. */
const erratic = { 512: [300, 400, 24_640], 768: [280, 350, 520], 1024: [250, 360, 330] };
/** A function that waits: every size beyond the smallest is paid for in vain. */
const quiet = { 512: about(2000, 3), 768: about(2000, 3), 1024: about(2000, 3) };

describe("a measured plan", () => {
  it("settles the choice for a quiet function after three calls a size", () => {
    const choice = choiceOf(quiet);
    expect(choice).toMatchObject({ memorySizeMb: 512, conclusive: true });
    expect(choice.unsettledPercent).toBeUndefined();
  });

  it("does not settle it where its own interval allows the advice to cost far more than now", () => {
    const choice = choiceOf(erratic);
    expect(choice.savingPercent?.interval?.lower).toBeLessThan(-20);
    expect(choice.conclusive).toBe(false);
    expect(choice.unsettledPercent).toBeGreaterThanOrEqual(-(choice.savingPercent?.interval?.lower ?? 0));
  });

  it("settles less where more is tolerated", () => {
    expect(choiceOf(erratic, { sampling: { tolerance: 0.2 } }).conclusive).toBe(true);
  });

  it("does not settle it where the bound on the regret is wide, though the current size was not measured", () => {
    const choice = choiceOf({ 256: [3800, 3000, 3300], 768: [1000, 1500, 1200] });
    expect(choice.savingPercent).toBeUndefined();
    expect(choice.regretBoundPercent?.value).toBeGreaterThan(10);
    expect(choice).toMatchObject({ conclusive: false, unsettledPercent: choice.regretBoundPercent?.value });
  });

  it("settles it where calls hardly differ, however little is known of the environments they ran in", () => {
    const even = choiceOf({ 256: about(400, 2), 512: about(200, 2), 1024: about(100, 2) });
    expect(even.regretBoundPercent?.value).toBeGreaterThan(10);
    expect(even.conclusive).toBe(true);
  });

  it("is about the sizes of the plan, not about those in between", () => {
    const steep = { 512: about(400, 20), 1024: about(100, 20), 4096: about(100, 20) };
    const choice = choiceOf(steep, { memory: { minMb: 512, maxMb: 4096 } });
    expect(choice.regretBoundPercent?.value).toBeGreaterThan(10);
    expect(choice.conclusive).toBe(true);
  });

  it("leaves a run that went on until it was sure as sure as it is", () => {
    const choice = choiceOf(erratic, {}, "converged");
    expect(choice.conclusive).toBe(true);
    expect(choice.unsettledPercent).toBeUndefined();
  });
});
