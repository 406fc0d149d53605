import { describe, expect, it } from "vitest";
import { estimateSizes } from "../../../core/sampling/estimate-sizes.ts";
import { withoutUnseenPressure } from "../../../core/sampling/without-unseen-pressure.ts";
import { measuredSize, observed, times } from "./measured-size.ts";

const few = estimateSizes(observed(measuredSize(192, times(6, 400)), measuredSize(1769, times(6, 100))), [1]);

describe("withoutUnseenPressure", () => {
  it("takes off a size what pressure may add to its mean, and leaves a roomy one as it is", () => {
    const [small, roomy] = withoutUnseenPressure(few).sizes;
    expect(few.sizes[0]?.rounds[0]?.logBody).toBeGreaterThan(Math.log(410));
    expect(small?.rounds[0]?.logBody).toBeCloseTo(Math.log(400), 4);
    expect(roomy?.rounds).toEqual(few.sizes[1]?.rounds);
  });

  it("leaves the variance that payloads cause, and none of the pressure's", () => {
    const payloads = [100, 110, 400, 440].flatMap((durationMs, index) =>
      times(4, durationMs).map((ms) => ({ durationMs: ms, payload: index < 2 ? 0 : 1 })),
    );
    const mixed = estimateSizes(observed(measuredSize(192, payloads), measuredSize(1769, payloads)), [0.5, 0.5]);
    const [small, roomy] = withoutUnseenPressure(mixed).sizes;
    expect(small?.ownVarianceWith(0)).toBeLessThan(mixed.sizes[0]?.ownVarianceWith(0) ?? 0);
    expect(small?.ownVarianceWith(0)).toBeGreaterThan(0);
    expect(small?.ownVarianceWith(5)).toBeCloseTo(roomy?.ownVarianceWith(5) ?? 0, 9);
  });

  it("is without effect the second time", () => {
    const once = withoutUnseenPressure(few);
    expect(withoutUnseenPressure(once).sizes.map(({ shared, rounds }) => [shared, rounds])).toEqual(
      once.sizes.map(({ shared, rounds }) => [shared, rounds]),
    );
    expect(once.sizes.map(({ pressure }) => pressure.unseenProbability)).toEqual([0, 0]);
  });
});
