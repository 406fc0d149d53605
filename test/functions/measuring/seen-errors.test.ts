import { describe, expect, it } from "vitest";
import { mergeErrors, withError } from "../../../functions/measuring/seen-errors.ts";

const bytesOf = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));

describe("withError", () => {
  it("counts failures of one kind together, with the first as the example", () => {
    const errors = withError(withError([], "TypeError", "first"), "TypeError", "second");
    expect(errors).toEqual([{ type: "TypeError", count: 2, example: "first" }]);
  });

  it("tells four kinds apart and counts the rest together", () => {
    const types = ["A", "B", "C", "D", "E", "F", "E"];
    const errors = types.reduce((seen, type) => withError(seen, type, "x"), withError([], "A", "x"));
    expect(errors.map(({ type, count }) => [type, count])).toEqual([
      ["A", 2],
      ["B", 1],
      ["C", 1],
      ["D", 1],
      ["Other", 3],
    ]);
  });

  it.each([
    ["long", "x".repeat(10_000)],
    ["full of what JSON escapes", '"\\\u0007\n'.repeat(3000)],
    ["outside ASCII", "é漢😀".repeat(3000)],
    ["half a character", "😀".slice(0, 1).repeat(3000)],
  ])("keeps a message small that is %s", (_, message) => {
    const errors = ["A", "B", "C", "D", "E"].reduce(
      (seen, type) => withError(seen, type, message),
      withError([], "A", ""),
    );
    expect(bytesOf(errors)).toBeLessThan(900);
  });

  it("puts a message on one line", () => {
    expect(withError([], "E", "a\n\tb")[0]?.example).toBe("a b");
  });
});

describe("mergeErrors", () => {
  it("adds the counts of two rounds", () => {
    const round = [{ type: "E", count: 2, example: "x" }];
    expect(mergeErrors(round, [...round, { type: "F", count: 1, example: "y" }])).toEqual([
      { type: "E", count: 4, example: "x" },
      { type: "F", count: 1, example: "y" },
    ]);
  });
});
