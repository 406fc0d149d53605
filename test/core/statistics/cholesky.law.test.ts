import * as fc from "fast-check";
import { expect, it } from "vitest";
import { choleskyFactor, solveLower } from "../../../core/statistics/cholesky.ts";

const entry = fc.double({ min: -10, max: 10, noNaN: true });
const dot = (left: ArrayLike<number>, right: ArrayLike<number>): number =>
  Array.from(left).reduce((sum, value, index) => sum + value * (right[index] ?? 0), 0);

/** B B' + I: positive definite, whatever B is. */
const positiveDefinite = fc
  .integer({ min: 1, max: 8 })
  .chain((size) =>
    fc
      .array(fc.array(entry, { minLength: size, maxLength: size }), { minLength: size, maxLength: size })
      .map((rows) => rows.map((left, i) => rows.map((right, j) => dot(left, right) + (i === j ? 1 : 0)))),
  );

it("the factor times its transpose is the matrix", () => {
  fc.assert(
    fc.property(positiveDefinite, (matrix) => {
      const lower = choleskyFactor(matrix);
      const scale = Math.max(...matrix.flat().map(Math.abs));
      for (const [i, row] of matrix.entries()) {
        for (const [j, value] of row.entries()) {
          const product = dot(lower[i] ?? [], lower[j] ?? []);
          expect(Math.abs(product - value)).toBeLessThan(1e-12 * scale);
        }
      }
    }),
  );
});

it("what was solved gives the right-hand side back", () => {
  fc.assert(
    fc.property(positiveDefinite, fc.array(entry, { minLength: 8, maxLength: 8 }), (matrix, right) => {
      const lower = choleskyFactor(matrix);
      const solution = solveLower(lower, right.slice(0, matrix.length));
      for (const [row, values] of lower.entries()) expect(dot(values, solution)).toBeCloseTo(right[row] ?? 0, 8);
    }),
  );
});
