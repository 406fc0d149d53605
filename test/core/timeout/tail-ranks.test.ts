import { expect, it } from "vitest";
import { tailRanks } from "../../../core/timeout/tail-ranks.ts";

it("asks for the ranks that the rules need exactly", () => {
  // 2 bounds 1 in 10,000, 5 is the expected rank, 464 bounds p99.
  expect(tailRanks(50_000, 99, 0.95)).toEqual(expect.arrayContaining([1, 2, 5, 464]));
});

it.each([1, 10, 5000, 50_000, 100_000_000])("asks for few ranks, ascending, that exist, of %d invocations", (n) => {
  const ranks = tailRanks(n, 99, 0.95);
  expect(ranks.length).toBeLessThan(45);
  expect(ranks).toEqual([...new Set(ranks)].toSorted((a, b) => a - b));
  expect(ranks[0]).toBe(1);
  expect(ranks.at(-1)).toBeLessThanOrEqual(n);
});
