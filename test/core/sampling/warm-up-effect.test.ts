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
    ["calls that are all alike", () => 0, 0.001],
    ["first calls that are faster", (call: number) => -0.4 * Math.exp(-(call - 1) / 2.5), 0.001],
    ["a warm-up as small as the noise", (call: number) => 0.015 * Math.exp(-(call - 1) / 2.5), 0.015],
    ["noise of 0.3 that begins high", (call: number) => (call % 2 === 1 ? 0.3 : -0.3), 0.1],
    ["one slow call late on", (call: number) => (call === 11 ? 2 : 0), 0.02],
  ])("corrects next to nothing for %s", (_, of, most) => {
    const correction = warmUpEffect([calls(16, (call) => 3 + of(call)), calls(16, (call) => 5 + of(call))]);
    for (const call of [1, 2, 3]) {
      expect(correction(call)).toBeGreaterThanOrEqual(0);
      expect(correction(call)).toBeLessThan(most);
    }
  });

  it("corrects more, the clearer a warm-up is", () => {
    const noise = (call: number): number => (call % 3) - 1;
    const corrected = [0.5, 0.2, 0.05].map((sd) =>
      warmUpEffect([4, 5].map((level) => calls(9, (call) => level + 0.3 * Math.exp(-(call - 1)) + sd * noise(call))))(
        1,
      ),
    );
    expect(corrected).toEqual(corrected.toSorted((a, b) => a - b));
    expect(corrected[0]).toBeLessThan(0.15);
    expect(corrected[2]).toBeGreaterThan(0.25);
  });

  it("is finite for durations that never vary", () => {
    const constant = Array.from({ length: 10 }, (_, index) => ({ value: 3, call: index + 1 }));
    expect(warmUpEffect([constant, constant])(1)).toBeCloseTo(0, 3);
  });

  it("believes no warm-up on the word of seven calls", () => {
    const correction = warmUpEffect([calls(7, (call) => 5 + Math.exp(-(call - 1) / 2.5))]);
    expect(correction(1)).toBe(0);
  });

  it.each([[[]], [[[]]], [[[{ value: 3, call: 1 }]]]])("corrects nothing for %j", (sizes) => {
    expect(warmUpEffect(sizes)(1)).toBe(0);
  });
});
