import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { nextInBracket } from "../../../core/sampling/threshold-search.ts";
import { samplingContext } from "./sampling-context.ts";

const context = samplingContext();
const bracket = (lowerMb: number, upperMb: number, excess: number, slack: number) => ({
  lowerMb,
  upperMb,
  excess,
  slack,
});

describe("nextInBracket", () => {
  it("takes the middle where both ends are as far from the limit", () => {
    expect(nextInBracket(context, bracket(512, 2048, 0.3, 0.3))).toBe(1024);
  });

  it("goes where a straight line crosses the limit, but not to an end: the drop may be sudden", () => {
    expect(nextInBracket(context, bracket(512, 2048, 0.4, 0.2))).toBe(1288);
    expect(nextInBracket(context, bracket(512, 2048, 5, 0.01))).toBe(1352);
    expect(nextInBracket(context, bracket(512, 2048, 0.01, 0.5))).toBe(776);
  });

  it("takes a size of the list where there is one, nearest to the wanted", () => {
    const listed = samplingContext({ memory: { sizesMb: [512, 700, 900, 1500, 2048] } });
    expect(nextInBracket(listed, bracket(512, 2048, 0.3, 0.3))).toBe(900);
    expect(nextInBracket(listed, bracket(1500, 2048, 0.3, 0.01))).toBeUndefined();
  });

  it("ends when both sizes are nearly the same", () => {
    expect(nextInBracket(context, bracket(1000, 1060, 0.3, 0.01))).toBeUndefined();
  });

  it("ends when less memory would save nothing, since the call takes longer in return", () => {
    expect(nextInBracket(context, bracket(1000, 1200, 0.3, 0.18))).toBeUndefined();
    expect(nextInBracket(context, bracket(1000, 1200, 0.3, 0.05))).toBeDefined();
  });

  it("stays strictly between the ends, and ends after a dozen steps whatever the answers", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 128, max: 5000 }),
        fc.integer({ min: 1, max: 5000 }),
        fc.array(fc.boolean(), { minLength: 12, maxLength: 12 }),
        fc.double({ min: 0, max: 2, noNaN: true }),
        (from, more, answers, excess) => {
          let [lowerMb, upperMb] = [from, from + more];
          for (const isBelow of answers) {
            const next = nextInBracket(context, bracket(lowerMb, upperMb, excess, 0));
            if (next === undefined) return;
            expect(next).toBeGreaterThan(lowerMb);
            expect(next).toBeLessThan(upperMb);
            if (isBelow) upperMb = next;
            else lowerMb = next;
          }
          expect(nextInBracket(context, bracket(lowerMb, upperMb, excess, 0))).toBeUndefined();
        },
      ),
    );
  });
});
