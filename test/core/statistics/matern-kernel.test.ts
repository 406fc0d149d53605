import { expect, it } from "vitest";
import { matern32, matern52 } from "../../../core/statistics/matern-kernel.ts";

// SciPy 1.17, z = sqrt(2 nu) d: 2**(1 - nu) / gamma(nu) * z**nu * kv(nu, z)
it.each([
  [0.1, 0.9866245648897068, 0.9917592361711776],
  [0.5, 0.7848876539574507, 0.8286491424181256],
  [1, 0.4833577245965079, 0.5239941088318205],
  [2.5, 0.07017578643093347, 0.06351021454894377],
])("at distance %d the correlations are those of the general Matérn kernel", (distance, rough, smooth) => {
  expect(matern32(distance)).toBeCloseTo(rough, 14);
  expect(matern52(distance)).toBeCloseTo(smooth, 14);
});

it.each([matern32, matern52])("falls from 1 to 0 with distance", (correlation) => {
  expect(correlation(0)).toBe(1);
  const values = Array.from({ length: 60 }, (_, step) => correlation(step / 10));
  expect(values).toEqual(values.toSorted((a, b) => b - a));
  expect(correlation(50)).toBeLessThan(1e-30);
});
