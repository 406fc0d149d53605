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

  describe("that gets faster than CPU explains", () => {
    const [first, ...rest] = curve(0, 100);
    const cliff = [{ memorySizeMb: 128, durationMs: 2 * (first?.durationMs ?? 0) }, ...rest];
    /** Measured means as on the curve, known within so many percent. */
    const within = (percent: number, maxMemoryUsedMb: number) =>
      measured(maxMemoryUsedMb).map((size, index) => {
        const mean = cliff[index]?.durationMs ?? 0;
        const half = (percent / 100) * mean;
        return { ...size, durationMs: { mean, meanInterval: { lower: mean - half, upper: mean + half } } };
      });

    it("is memory-bound where little memory was left", () => {
      const model = classifyFunction({ curve: cliff, measurements: within(5, 100) });
      expect(model.class).toBe("memory-bound");
      expect(model.explanation).toContain("from 128 to 256 MB it gets faster than CPU alone explains");
      expect(model.explanation).toContain("100 of 128 MB were used");
    });

    it("is not told to be short of memory where half of it was free", () => {
      const model = classifyFunction({ curve: cliff, measurements: within(5, 60) });
      expect(model.class).not.toBe("memory-bound");
      expect(model.explanation).toContain(
        "From 128 to 256 MB it gets faster than CPU alone explains, though it used no more than 60 MB.",
      );
      expect(model.explanation).not.toContain("short of memory");
    });

    it("is told nothing where the fall is within the noise, or only on the curve", () => {
      for (const measurements of [within(40, 100), measured(100)]) {
        const model = classifyFunction({ curve: cliff, measurements });
        expect(model.class).not.toBe("memory-bound");
        expect(model.explanation).not.toContain("faster than CPU");
      }
    });

    it("is told nothing of two sizes so close that their environments explain it", () => {
      const [small, large] = within(0.1, 100);
      if (small === undefined || large === undefined) throw new RangeError("Expected two sizes.");
      const close = (mean: number) => ({ mean, meanInterval: { lower: 0.999 * mean, upper: 1.001 * mean } });
      const measurements = [
        { ...small, durationMs: close(1000) },
        { ...large, memorySizeMb: 136, durationMs: close(900) },
      ];
      expect(classifyFunction({ curve: cliff, measurements }).explanation).not.toContain("faster than CPU");
    });
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
