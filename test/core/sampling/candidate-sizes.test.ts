import { describe, expect, it } from "vitest";
import { candidateSizes, startingSizes } from "../../../core/sampling/candidate-sizes.ts";
import { samplingContext } from "./sampling-context.ts";

const anchors = [192, 512, 1024, 1769];
const starting = (memory: object, currentMb = 3008, maxMb = 10_240): number[] =>
  startingSizes(samplingContext({ memory }, { currentMb, maxMb }), anchors);
const grid = (minMb: number, maxMb: number, stepMb: number): number[] =>
  Array.from({ length: Math.floor((maxMb - minMb) / stepMb) + 1 }, (_, step) => minMb + step * stepMb);

describe("startingSizes", () => {
  it.each([
    ["the anchors and the current size", {}, 3008, [192, 512, 1024, 1769, 3008]],
    ["the current size in place of an anchor near it", {}, 896, [192, 512, 896, 1769]],
    ["an anchor once when it is the current size", {}, 512, [192, 512, 1024, 1769]],
    ["what lies inside of the range", { minMb: 256, maxMb: 2048 }, 3008, [512, 1024, 1769]],
    ["both ends of a range with few anchors", { minMb: 600, maxMb: 900 }, 3008, [600, 900]],
    ["the one size of a range of one", { minMb: 700, maxMb: 700 }, 3008, [700]],
    ["a short list, whole", { sizesMb: [128, 129, 130, 4000] }, 3008, [128, 129, 130, 4000]],
  ])("are %s", (_, memory, currentMb, expected) => {
    expect(starting(memory, currentMb)).toEqual(expected);
  });

  it("are the members of a long list nearest to the anchors and to the current size", () => {
    expect(starting({ sizesMb: [128, 200, 400, 600, 1000, 2000, 4000] }, 3008)).toEqual([200, 600, 1000, 2000, 4000]);
    expect(starting({ minMb: 128, maxMb: 2048, stepMb: 128 }, 1024)).toEqual([256, 512, 1024, 1792]);
  });

  it("keep within what the account allows", () => {
    expect(starting({}, 3008, 1500)).toEqual([192, 512, 1024]);
    expect(starting({ sizesMb: [128, 4096] }, 3008, 3008)).toEqual([128]);
    expect(starting({ sizesMb: [4096] }, 3008, 3008)).toEqual([]);
    expect(starting({ minMb: 4096 }, 3008, 3008)).toEqual([]);
  });
});

describe("candidateSizes", () => {
  const candidates = (memory: object, floorMb: number, maxMb = 10_240): number[] =>
    candidateSizes(samplingContext({ memory }, { maxMb }), floorMb);

  it("are multiples of 8 MB from the floor to the largest size, eight an octave", () => {
    const sizes = candidates({}, 128);
    expect([sizes[0], sizes.at(-1)]).toEqual([128, 9744]);
    expect(sizes.filter((mb) => mb >= 1024 && mb < 2048)).toHaveLength(8);
    expect(sizes.filter((mb) => mb % 8 !== 0)).toEqual([]);
    expect(sizes).toEqual([...new Set(sizes)].toSorted((a, b) => a - b));
  });

  it("begin with the floor itself, or the lower end of the range", () => {
    expect(candidates({}, 301)[0]).toBe(301);
    expect(candidates({ minMb: 500 }, 301)[0]).toBe(500);
  });

  it("keep within the range and what the account allows", () => {
    expect(Math.max(...candidates({ maxMb: 2000 }, 128))).toBeLessThanOrEqual(2000);
    expect(Math.max(...candidates({}, 128, 3008))).toBeLessThanOrEqual(3008);
    expect(candidates({ minMb: 700, maxMb: 700 }, 128)).toEqual([700]);
    expect(candidates({ maxMb: 500 }, 501)).toEqual([]);
  });

  it("are the members of a list from the floor up", () => {
    expect(candidates({ sizesMb: [128, 300, 301, 4000] }, 301)).toEqual([301, 4000]);
    expect(candidates({ minMb: 128, maxMb: 1024, stepMb: 128 }, 600)).toEqual(grid(640, 1024, 128));
  });
});
