import { describe, expect, it } from "vitest";
import { classifyFunction } from "../../../core/recommendation/classify-function.ts";

const sizes = [128, 256, 512, 1024, 1769, 3008];
const curve = (waitMs: number, workMs: number) =>
  sizes.map((memorySizeMb) => ({ memorySizeMb, durationMs: waitMs + (workMs * 1769) / Math.min(memorySizeMb, 1769) }));
const measured = (maxMemoryUsedMb = 60) =>
  sizes.map((memorySizeMb) => ({ memorySizeMb, outcome: "measured" as const, maxMemoryUsedMb }));

describe("the class of a function", () => {
  it.each([
    ["cpu-bound", 0, 100],
    ["cpu-bound", 15, 100],
    ["mixed", 100, 100],
    ["io-bound", 300, 100],
    ["io-bound", 100, 0],
  ] as const)("is %s with %d ms of waiting and %d ms of work at one vCPU", (kind, waitMs, workMs) => {
    const model = classifyFunction({ curve: curve(waitMs, workMs), measurements: measured() });
    expect(model.class).toBe(kind);
    expect(model.waitShare).toBeCloseTo(waitMs / (waitMs + workMs), 6);
  });

  it("gives the slopes on both sides of one vCPU", () => {
    const model = classifyFunction({ curve: curve(0, 100), measurements: measured() });
    expect(model.slopeBelowOneVcpu).toBeCloseTo(-1, 6);
    expect(model.slopeAboveOneVcpu).toBeCloseTo(0, 6);
  });

  it("is memory-bound where a size ran out of memory, and says what else bounds it", () => {
    const measurements = [{ memorySizeMb: 128, outcome: "out-of-memory" as const }, ...measured(110).slice(1)];
    const model = classifyFunction({ curve: curve(0, 100).slice(1), measurements });
    expect(model.class).toBe("memory-bound");
    expect(model.explanation).toContain("ran out of memory at 128 MB");
    expect(model.explanation).toContain("CPU-bound");
  });

  it("is memory-bound where the smallest size is nearly full", () => {
    expect(classifyFunction({ curve: curve(0, 100), measurements: measured(122) }).class).toBe("memory-bound");
    expect(classifyFunction({ curve: curve(0, 100), measurements: measured(100) }).class).toBe("cpu-bound");
  });

  it("is memory-bound where it gets faster than CPU explains", () => {
    const [first, ...rest] = curve(0, 100);
    const cliff = [{ memorySizeMb: 128, durationMs: 2 * (first?.durationMs ?? 0) }, ...rest];
    expect(classifyFunction({ curve: cliff, measurements: measured() }).class).toBe("memory-bound");
  });

  it("promises nothing from one size, unless traces tell", () => {
    const one = { curve: [{ memorySizeMb: 512, durationMs: 100 }], measurements: measured() };
    expect(classifyFunction(one)).toMatchObject({ class: "mixed" });
    expect(classifyFunction(one).waitShare).toBeUndefined();
    expect(classifyFunction({ ...one, downstreamShare: 0.9 })).toMatchObject({ class: "io-bound", waitShare: 0.9 });
  });

  it("adds the evidence of traces", () => {
    const model = classifyFunction({ curve: curve(300, 100), measurements: measured(), downstreamShare: 0.82 });
    expect(model.explanation).toContain("Traces show 82%");
  });

  it("refuses a function without a single duration", () => {
    expect(() => classifyFunction({ curve: [], measurements: [] })).toThrow(RangeError);
  });
});
