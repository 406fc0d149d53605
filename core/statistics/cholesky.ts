/**
 * A symmetric positive definite matrix as the product L L' of a lower triangular one with its transpose, for solving
 * small dense systems: rows are arrays, the upper triangle is not read.
 *
 * @throws RangeError when the matrix is not positive definite to working precision.
 *
 * @example
 * ```ts
 * choleskyFactor([[4, 2], [2, 5]])[1]?.[1]; // => 2
 * ```
 */
export const choleskyFactor = (matrix: readonly ArrayLike<number>[]): Float64Array[] => {
  const lower: Float64Array[] = [];
  for (let row = 0; row < matrix.length; row++) {
    const current = new Float64Array(matrix.length);
    lower.push(current);
    for (let column = 0; column <= row; column++) {
      const left = at(lower, column);
      let sum = at(matrix, row)[column] ?? Number.NaN;
      for (let k = 0; k < column; k++) sum -= (current[k] ?? 0) * (left[k] ?? 0);
      if (column < row) current[column] = sum / (left[column] ?? Number.NaN);
      else if (sum > 0) current[row] = Math.sqrt(sum);
      else throw new RangeError(`Expected a positive definite matrix, got pivot ${sum} in row ${row}.`);
    }
  }
  return lower;
};

/** Solves L z = b for a lower triangular L, as `choleskyFactor` gives it. */
export const solveLower = (lower: readonly Float64Array[], right: ArrayLike<number>): Float64Array => {
  const solution = new Float64Array(lower.length);
  for (let row = 0; row < lower.length; row++) {
    const current = at(lower, row);
    let sum = right[row] ?? Number.NaN;
    for (let k = 0; k < row; k++) sum -= (current[k] ?? 0) * (solution[k] ?? 0);
    solution[row] = sum / (current[row] ?? Number.NaN);
  }
  return solution;
};

const at = <Row>(rows: readonly Row[], index: number): Row => {
  const row = rows[index];
  if (row === undefined) throw new RangeError(`Expected a square matrix, got no row ${index}.`);
  return row;
};
