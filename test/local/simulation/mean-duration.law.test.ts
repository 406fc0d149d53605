import * as fc from "fast-check";
import { expect, it } from "vitest";
import { meanDurationMs } from "../../../local/simulation/mean-duration.ts";
import { parseSimulation } from "../../../local/simulation/simulation-file.ts";

const memory = fc.integer({ min: 128, max: 10_240 });

const model = fc
  .uniqueArray(fc.record({ memory, mean: fc.double({ min: 0.1, max: 1e5, noNaN: true }) }), {
    minLength: 1,
    maxLength: 10,
    selector: (point) => point.memory,
  })
  .map((points) =>
    parseSimulation({
      memoryMB: points.map((point) => point.memory),
      meanDurationMs: points.map((point) => point.mean),
    }),
  );

it("gives the mean of a point at that point", () => {
  fc.assert(
    fc.property(model, (simulation) => {
      for (const { memoryMb, meanMs } of simulation.points) {
        expect(meanDurationMs(simulation, memoryMb) / meanMs).toBeCloseTo(1, 9);
      }
    }),
  );
});

it("stays between the means of two neighbours", () => {
  fc.assert(
    fc.property(model, memory, (simulation, memoryMb) => {
      const left = simulation.points.findLast((point) => point.memoryMb <= memoryMb);
      const right = simulation.points.find((point) => point.memoryMb >= memoryMb);
      fc.pre(left !== undefined && right !== undefined);
      const mean = meanDurationMs(simulation, memoryMb);
      expect(mean).toBeGreaterThanOrEqual(Math.min(left.meanMs, right.meanMs) * (1 - 1e-9));
      expect(mean).toBeLessThanOrEqual(Math.max(left.meanMs, right.meanMs) * (1 + 1e-9));
    }),
  );
});

it("is flat above the last point", () => {
  fc.assert(
    fc.property(model, memory, (simulation, memoryMb) => {
      const last = simulation.points.at(-1);
      fc.pre(last !== undefined && memoryMb > last.memoryMb);
      expect(meanDurationMs(simulation, memoryMb)).toBe(last.meanMs);
    }),
  );
});

it("grows as 1/m below the first point", () => {
  fc.assert(
    fc.property(model, memory, (simulation, memoryMb) => {
      const [first] = simulation.points;
      fc.pre(first !== undefined && memoryMb < first.memoryMb);
      expect((meanDurationMs(simulation, memoryMb) * memoryMb) / (first.meanMs * first.memoryMb)).toBeCloseTo(1, 9);
    }),
  );
});
