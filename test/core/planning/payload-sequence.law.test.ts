import * as fc from "fast-check";
import { expect, it } from "vitest";
import { payloadSequence } from "../../../core/planning/payload-sequence.ts";

const weights = fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 1, maxLength: 12 });

it("sends no payload a whole invocation more often than its share, in any beginning of the sequence", () => {
  fc.assert(
    fc.property(weights, fc.integer({ min: 1, max: 200 }), fc.nat(), (given, length, seed) => {
      const total = given.reduce((sum, weight) => sum + weight, 0);
      const next = payloadSequence(given, seed);
      const counts = given.map(() => 0);
      for (let place = 0; place < length; place += 1) {
        const payload = next(place);
        counts[payload] = (counts[payload] ?? 0) + 1;
      }
      const surpluses = given.map((weight, payload) => (counts[payload] ?? 0) - (length * weight) / total);
      expect(Math.max(...surpluses)).toBeLessThan(1 + 1e-3);
    }),
  );
});
