import { describe, expect, it } from "vitest";
import { warmUpEffect } from "../../../core/sampling/warm-up-effect.ts";

/** Log durations of calls 1 to `count`, alternating by 1 % around what `of` says. */
const calls = (count: number, of: (call: number) => number) =>
  Array.from({ length: count }, (_, index) => ({
    value: of(index + 1) + (index % 2 === 0 ? 0.01 : -0.01),
    call: index + 1,
  }));

describe("warmUpEffect", () => {
  it("finds by how much the first calls are slower, over sizes of different speed", () => {
    const slower = (call: number): number => 0.4 * Math.exp(-(call - 1) / 2.5);
    const correction = warmUpEffect([3, 4, 5].map((level) => calls(16, (call) => level + slower(call))));
    for (const call of [1, 2, 4]) expect(Math.abs(correction(call) - slower(call))).toBeLessThan(0.05);
    expect(correction(40)).toBeLessThan(0.001);
  });

  it.each([
    ["calls that are all alike", () => 0],
    ["first calls that are faster", (call: number) => -0.4 * Math.exp(-(call - 1) / 2.5)],
    ["a warm-up too small to matter", (call: number) => 0.015 * Math.exp(-(call - 1) / 2.5)],
    ["noise that begins high", (call: number) => (call % 2 === 1 ? 0.3 : -0.3)],
    ["one slow call late on", (call: number) => (call === 11 ? 2 : 0)],
  ])("corrects nothing for %s", (_, of) => {
    const correction = warmUpEffect([calls(16, (call) => 3 + of(call)), calls(16, (call) => 5 + of(call))]);
    expect([1, 2, 3].map(correction)).toEqual([0, 0, 0]);
  });

  it("believes no warm-up on the word of seven calls", () => {
    const correction = warmUpEffect([calls(7, (call) => 5 + Math.exp(-(call - 1) / 2.5))]);
    expect(correction(1)).toBe(0);
  });

  it.each([[[]], [[[]]], [[[{ value: 3, call: 1 }]]]])("corrects nothing for %j", (sizes) => {
    expect(warmUpEffect(sizes)(1)).toBe(0);
  });
});
