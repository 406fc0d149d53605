import { describe, expect, it } from "vitest";
import { choleskyFactor, solveLower } from "../../../core/statistics/cholesky.ts";

const plain = (rows: readonly Float64Array[]): number[][] => rows.map((row) => [...row]);

describe("choleskyFactor", () => {
  // NumPy 2.4: np.linalg.cholesky(A)
  it("is the lower triangle whose square is the matrix", () => {
    const factor = choleskyFactor([
      [4, 2, -2],
      [2, 10, 1],
      [-2, 1, 6],
    ]);
    const expected = [
      [2, 0, 0],
      [1, 3, 0],
      [-1, 2 / 3, 2.1343747458109497],
    ];
    for (const [row, values] of plain(factor).entries())
      for (const [column, value] of values.entries()) expect(value).toBeCloseTo(expected[row]?.[column] ?? 0, 14);
  });

  it("does not read the upper triangle", () => {
    const nothing = Number.NaN;
    expect(
      plain(
        choleskyFactor([
          [4, nothing],
          [2, 5],
        ]),
      ),
    ).toEqual([
      [2, 0],
      [1, 2],
    ]);
  });

  it("of nothing is nothing", () => {
    expect(choleskyFactor([])).toEqual([]);
  });

  it.each([
    [
      "an indefinite matrix",
      [
        [1, 2],
        [2, 1],
      ],
    ],
    [
      "a singular matrix",
      [
        [1, 1],
        [1, 1],
      ],
    ],
    ["a negative variance", [[-1]]],
    [
      "a matrix with a value that is no number",
      [
        [1, 0],
        [Number.NaN, 1],
      ],
    ],
    ["a matrix that lacks a value", [[1, 0], [0]]],
  ])("does not exist for %s", (_, matrix) => {
    expect(() => choleskyFactor(matrix)).toThrow(RangeError);
  });
});

// SciPy 1.17: linalg.solve_triangular(L, [1, 2, 3], lower=True)
it("solveLower solves from the top", () => {
  const lower = [
    [2, 0, 0],
    [1, 3, 0],
    [-1, 2 / 3, 2.1343747458109497],
  ].map((row) => Float64Array.from(row));
  const solution = solveLower(lower, [1, 2, 3]);
  for (const [row, value] of [0.5, 0.5, 1.4836507379417574].entries()) expect(solution[row]).toBeCloseTo(value, 14);
});
