import { describe, expect, it } from "vitest";
import { clearingCalls, clearingValue } from "../../../core/sampling/clearing-value.ts";
import { estimateSizes } from "../../../core/sampling/estimate-sizes.ts";
import { objectiveOf } from "../../../core/sampling/exploration-state.ts";
import { fitCurve } from "../../../core/sampling/fit-curve.ts";
import { noPressure } from "../../../core/sampling/pressure-risk.ts";
import { measuredSize, observed } from "./measured-size.ts";
import { samplingContext } from "./sampling-context.ts";

const calls = (count: number, durationMs: number): number[] =>
  Array.from({ length: count }, (_, call) => durationMs * (1 + 0.01 * ((call % 3) - 1)));

/** What is known of a function at 192, 512 and 1,769 MB. */
interface Known {
  /** Charge of a call at 192 MB, over that at 512 MB; at 1,769 MB it is twice that. */
  readonly charge: number;
  /** Calls at 192 MB. */
  readonly count: number;
  readonly withoutRisk?: boolean;
}

/** What clearing each size would gain, and the objective of each beside that of 512 MB. */
const valuesOf = ({ charge, count, withoutRisk = false }: Known) => {
  const made = estimateSizes(
    observed(
      measuredSize(192, calls(count, (charge * 512 * 400) / 192)),
      measuredSize(512, calls(30, 400)),
      measuredSize(1769, calls(10, (2 * 512 * 400) / 1769)),
    ),
    [1],
  );
  const estimates = withoutRisk
    ? { ...made, sizes: made.sizes.map((size) => ({ ...size, pressure: noPressure })) }
    : made;
  const curve = fitCurve(
    estimates,
    estimates.sizes.map(({ memorySizeMb }) => memorySizeMb),
  );
  const objective = objectiveOf(curve, samplingContext());
  return {
    gains: estimates.sizes.map((size, index) => clearingValue(estimates, size, { curve, objective, index })),
    ahead: (objective[0] ?? 0) - (objective[1] ?? 0),
    risk: estimates.sizes[0]?.pressure.logFactor ?? 0,
  };
};

describe("clearingValue", () => {
  it("is above 0 for a small size that would be the cheapest, but for its risk", () => {
    const { gains, ahead, risk } = valuesOf({ charge: 0.98, count: 4 });
    expect(ahead).toBeGreaterThan(0);
    expect(ahead).toBeLessThan(risk);
    expect(gains[0]).toBeGreaterThan(0.005);
  });

  it("is 0 for a size above 1 GB, which has no risk", () => {
    expect(valuesOf({ charge: 0.98, count: 4 }).gains[2]).toBe(0);
  });

  it("is 0 for a small size of which all risk was taken", () => {
    expect(valuesOf({ charge: 0.98, count: 4, withoutRisk: true }).gains[0]).toBe(0);
  });

  it("is next to 0 for a size that would be too expensive without any risk", () => {
    expect(valuesOf({ charge: 2, count: 4 }).gains[0]).toBeLessThan(1e-4);
  });

  it("falls with the charge of the size", () => {
    const gains = [0.98, 1.03, 1.08, 1.3].map((charge) => valuesOf({ charge, count: 4 }).gains[0] ?? 0);
    expect(gains).toEqual(gains.toSorted((a, b) => b - a));
    expect(gains[3]).toBeLessThan(0.1 * (gains[0] ?? 0));
  });

  it("is 0 for a size that had two dozen calls, before that less for each unharmed one", () => {
    const [few = 0, more = 0, enough = 1] = [4, 23, 24].map((count) => valuesOf({ charge: 0.98, count }).gains[0]);
    expect(more).toBeGreaterThan(0);
    expect(more).toBeLessThan(few);
    expect(enough).toBe(0);
  });

  it("is of so many calls that half of all sizes under pressure would show it", () => {
    // One call in sixteen is slow under pressure.
    expect((15 / 16) ** clearingCalls).toBeCloseTo(0.5, 1);
  });
});
