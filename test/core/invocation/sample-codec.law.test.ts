import * as fc from "fast-check";
import { expect, it } from "vitest";
import { decodeSamples, encodeSamples } from "../../../core/invocation/sample-codec.ts";
import type { Sample } from "../../../core/invocation/sample.ts";

const timeMs = fc.oneof(
  fc.integer({ min: 0, max: 90_000_000 }).map((hundredths) => hundredths / 100),
  fc.integer({ min: 0, max: 100_000 }).map((hundredths) => hundredths / 100),
);
const count = fc.oneof(fc.nat({ max: 3 }), fc.nat({ max: 5000 }));

const sample: fc.Arbitrary<Sample> = fc
  .record(
    {
      durationMs: timeMs,
      billedMs: fc.oneof(fc.nat({ max: 2_000_000 }), fc.constant(undefined)),
      initMs: timeMs,
      restoreMs: timeMs,
      cold: fc.boolean(),
      status: fc.constantFrom("ok", "error", "timed-out", "out-of-memory"),
      lane: count,
      payload: count,
      round: count.map((n) => n + 1),
    },
    { requiredKeys: ["durationMs", "cold", "status", "lane", "payload", "round", "billedMs"] },
  )
  .map((facts) => Object.assign(facts, { billedMs: facts.billedMs ?? Math.ceil(facts.durationMs) }));

it("gives back what was written", () => {
  fc.assert(
    fc.property(fc.array(sample, { maxLength: 40 }), (samples) => {
      expect(decodeSamples(encodeSamples(samples))).toEqual(samples);
    }),
    { numRuns: 500 },
  );
});

it("writes nothing that JSON has to escape", () => {
  fc.assert(
    fc.property(fc.array(sample), (samples) => {
      const text = encodeSamples(samples);
      expect(JSON.stringify(text)).toHaveLength(text.length + 2);
    }),
  );
});

it("reads no text but its own", () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.string({ unit: "binary" }), fc.json()), (text) => {
      expect([text, "RangeError"]).toContain(writtenAgain(text));
    }),
  );
});

/** What is written of what was read, or the name of the error when it cannot be read. */
const writtenAgain = (text: string): string => {
  try {
    return encodeSamples(decodeSamples(text));
  } catch (error) {
    return error instanceof Error ? error.name : "no error";
  }
};
