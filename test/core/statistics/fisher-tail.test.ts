import { expect, it } from "vitest";
import { fisherTail } from "../../../core/statistics/fisher-tail.ts";

// Exact, by binomial coefficients; SciPy: fisher_exact([[hits, trials - hits], [other, others - other]], alternative="greater")
it.each([
  [3, 10, 0, 30, 0.012145749],
  [4, 10, 0, 30, 0.002297844],
  [2, 2, 2, 12, 0.065934066],
  [1, 6, 4, 24, 0.701738874],
  [5, 5, 0, 0, 1],
])("%i of %i against %i of %i has a chance of %d", (hits, trials, otherHits, otherTrials, chance) => {
  expect(fisherTail(hits, trials, otherHits, otherTrials)).toBeCloseTo(chance, 8);
});
