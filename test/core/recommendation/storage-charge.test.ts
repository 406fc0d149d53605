import { describe, expect, it } from "vitest";
import { chooseSize } from "../../../core/recommendation/choose-size.ts";
import { measuredSize, times } from "../sampling/measured-size.ts";
import { samplingContext } from "../sampling/sampling-context.ts";

describe("ephemeral storage", () => {
  const sizes = [
    measuredSize(128, times(20, 400)),
    measuredSize(256, times(20, 210)),
    measuredSize(512, times(20, 140)),
  ];
  const chosen = (storageAsMemoryMb: number) => {
    const request = { sampling: { method: "fixed" }, memory: { sizesMb: [128, 256, 512] } };
    return chooseSize(samplingContext(request, { storageAsMemoryMb, currentMb: 128 }), sizes, "plan-complete");
  };

  it("is paid for as long as an invocation runs: much of it favours the faster size", () => {
    expect(chosen(0)?.memorySizeMb).toBe(128);
    expect(chosen(100)?.memorySizeMb).toBe(256);
  });

  it("is in the charge", () => {
    const [free, dear] = [chosen(0), chosen(100)].map((choice) => choice?.curve[0]?.chargePerMillionUsd ?? 0);
    expect(((dear ?? 0) - 0.2) / ((free ?? 0) - 0.2)).toBeCloseTo(228 / 128, 9);
  });
});
