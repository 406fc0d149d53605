import { expect, it } from "vitest";
import { decodeSamples, encodeSamples } from "../../../core/invocation/sample-codec.ts";
import type { Sample } from "../../../core/invocation/sample.ts";
import { seededGenerator } from "../../../core/statistics/seeded-generator.ts";

const warm: Sample = {
  durationMs: 123.45,
  billedMs: 124,
  cold: false,
  status: "ok",
  lane: 0,
  payload: 0,
  round: 1,
};

/** Warm samples as a run takes them: lanes and payloads in turn, durations from 1 ms to 60 s. */
const runOf = (n: number): Sample[] => {
  const uniform = seededGenerator(1);
  return Array.from({ length: n }, (_, index) => {
    const durationMs = Math.round(100 * 10 ** (uniform() * 4.78)) / 100;
    const lane = index % 10;
    return { ...warm, durationMs, billedMs: Math.ceil(durationMs), lane, payload: index % 7, round: 1 + (index >> 8) };
  });
};

it("takes 4 bytes for a warm sample like the one before it", () => {
  expect(encodeSamples([warm, warm, warm]).length - encodeSamples([warm, warm]).length).toBe(4);
});

it("takes under 10 bytes for a sample of another lane and payload, and under 50 kB for 5,000 of them", () => {
  const text = encodeSamples(runOf(5000));
  expect(Buffer.byteLength(JSON.stringify(text))).toBeLessThan(50_000);
});

it("keeps what a cold start adds", () => {
  const cold: Sample = { ...warm, billedMs: 344, initMs: 219.66, cold: true };
  const restored: Sample = { ...warm, durationMs: 306.34, billedMs: 610, restoreMs: 654.45, cold: true };
  expect(decodeSamples(encodeSamples([cold, restored, warm]))).toEqual([cold, restored, warm]);
});

it("keeps durations to a hundredth of a millisecond", () => {
  expect(decodeSamples(encodeSamples([{ ...warm, durationMs: 123.4567 }]))).toEqual([{ ...warm, durationMs: 123.46 }]);
});

it.each([
  { ...warm, durationMs: -1 },
  { ...warm, durationMs: Number.NaN },
  { ...warm, billedMs: 1.5 },
  { ...warm, lane: -1 },
  { ...warm, initMs: Number.POSITIVE_INFINITY },
])("refuses to write %j", (sample) => {
  expect(() => encodeSamples([sample])).toThrow(RangeError);
});

it("refuses a text that was cut or changed anywhere", () => {
  const text = encodeSamples(runOf(50));
  for (let length = 1; length < text.length; length += 1) {
    expect(() => decodeSamples(text.slice(0, length))).toThrow(RangeError);
    const changed = `${text.slice(0, length)}${text[length] === "a" ? "b" : "a"}${text.slice(length + 1)}`;
    expect(() => decodeSamples(changed)).toThrow(RangeError);
  }
});
