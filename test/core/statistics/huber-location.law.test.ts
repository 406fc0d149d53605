import * as fc from "fast-check";
import { expect, it } from "vitest";
import { huberLocation } from "../../../core/statistics/huber-location.ts";

const values = fc.array(fc.double({ min: -50, max: 50, noNaN: true }), { minLength: 1, maxLength: 15 });
const scale = fc.double({ min: 0.01, max: 10, noNaN: true });

it("lies within the values, whatever their order", () => {
  fc.assert(
    fc.property(values, scale, (given, sd) => {
      const location = huberLocation(given, sd);
      expect(location).toBeGreaterThanOrEqual(Math.min(...given) - 1e-9);
      expect(location).toBeLessThanOrEqual(Math.max(...given) + 1e-9);
      expect(huberLocation(given.toReversed(), sd)).toBeCloseTo(location, 9);
    }),
  );
});

it("moves with the values, and with the unit they are in", () => {
  fc.assert(
    fc.property(
      values,
      scale,
      fc.integer({ min: -8, max: 8 }),
      fc.integer({ min: -3, max: 3 }),
      (given, sd, by, power) => {
        const unit = 2 ** power;
        const moved = huberLocation(
          given.map((value) => unit * value + by),
          unit * sd,
        );
        expect(moved).toBeCloseTo(unit * huberLocation(given, sd) + by, 6);
      },
    ),
  );
});
