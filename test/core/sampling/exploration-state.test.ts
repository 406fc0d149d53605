import { describe, expect, it } from "vitest";
import { explorationState } from "../../../core/sampling/exploration-state.ts";
import { measuredSize, observed, times } from "./measured-size.ts";
import { samplingContext } from "./sampling-context.ts";

/** After a first round and one that cost four times as much. */
const sizes = (durationMs: number) =>
  observed(
    measuredSize(512, [
      ...times(2, durationMs).map((ms) => ({ durationMs: ms, round: 1 })),
      ...times(20, durationMs).map((ms) => ({ durationMs: ms, round: 2 })),
    ]),
  );

describe("the patience of exploring", () => {
  const impatienceAt = (tolerance: number, durationMs = 20_000): number =>
    explorationState(samplingContext({ sampling: { tolerance } }), sizes(durationMs), 128).impatience;

  it("is the greater, the closer the answer shall be", () => {
    expect(impatienceAt(0.04)).toBeCloseTo(2 * impatienceAt(0.02), 12);
    expect(impatienceAt(0.005)).toBeCloseTo(impatienceAt(0.02) / 4, 12);
  });

  it("has bounds: no tolerance is no endless run, and a wide one no guess", () => {
    expect(impatienceAt(0)).toBeCloseTo(impatienceAt(0.02) / 4, 12);
    expect(impatienceAt(0.5)).toBeCloseTo(4 * impatienceAt(0.02), 12);
  });

  it("does not end with the spend where that is next to nothing", () => {
    const cheap = explorationState(samplingContext(), sizes(5), 128);
    expect(cheap.impatience).toBe(1);
    expect(cheap.strictImpatience).toBeGreaterThan(1);
  });
});
