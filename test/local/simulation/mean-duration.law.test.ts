import { fc, test } from "@fast-check/vitest";
import { expect } from "vitest";
import { meanDurationMs } from "../../../local/simulation/mean-duration.ts";
import { parseSimulation } from "../../../local/simulation/simulation-file.ts";

const points = fc.uniqueArray(
  fc.record({ memory: fc.integer({ min: 128, max: 10_240 }), mean: fc.double({ min: 0.1, max: 1e5, noNaN: true }) }),
  { minLength: 1, maxLength: 10, selector: ({ memory }) => memory },
);

const modelOf = (drawn: readonly { readonly memory: number; readonly mean: number }[]) =>
  parseSimulation({
    memoryMB: drawn.map(({ memory }) => memory),
    meanDurationMs: drawn.map(({ mean }) => mean),
  });

test.prop([points])("the mean at a point is that of the point", (drawn) => {
  const model = modelOf(drawn);
  for (const { memory, mean } of drawn) expect(meanDurationMs(model, memory)).toBeCloseTo(mean, 6);
});

test.prop([points, fc.integer({ min: 128, max: 10_240 })])(
  "the mean between two points lies between theirs",
  (drawn, memory) => {
    const model = modelOf(drawn);
    const left = model.points.findLast((point) => point.memoryMb <= memory);
    const right = model.points.find((point) => point.memoryMb >= memory);
    if (left === undefined || right === undefined) return;
    const mean = meanDurationMs(model, memory);
    expect(mean).toBeGreaterThanOrEqual(Math.min(left.meanMs, right.meanMs) * (1 - 1e-9));
    expect(mean).toBeLessThanOrEqual(Math.max(left.meanMs, right.meanMs) * (1 + 1e-9));
  },
);

test.prop([points, fc.integer({ min: 128, max: 10_240 })])(
  "outside the points it is flat on the right and 1/m on the left",
  (drawn, memory) => {
    const model = modelOf(drawn);
    const [first] = model.points;
    const last = model.points.at(-1);
    if (first === undefined || last === undefined) return;
    const mean = meanDurationMs(model, memory);
    if (memory > last.memoryMb) expect(mean).toBe(last.meanMs);
    if (memory < first.memoryMb) expect(mean * memory).toBeCloseTo(first.meanMs * first.memoryMb, 3);
  },
);
