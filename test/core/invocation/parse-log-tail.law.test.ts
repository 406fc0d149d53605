import * as fc from "fast-check";
import { expect, it } from "vitest";
import { parseLogTail } from "../../../core/invocation/parse-log-tail.ts";

const hundredths = (max: number) => fc.integer({ min: 1, max }).map((value) => value / 100);

const facts = fc.record(
  {
    requestId: fc.uuid(),
    durationMs: hundredths(90_000_000),
    billedMs: fc.integer({ min: 1, max: 900_000 }),
    memorySizeMb: fc.integer({ min: 128, max: 10_240 }),
    maxMemoryUsedMb: fc.integer({ min: 1, max: 10_240 }),
    initMs: hundredths(1_000_000),
    restoreMs: hundredths(1_000_000),
  },
  { requiredKeys: ["requestId", "durationMs", "billedMs", "memorySizeMb"] },
);
type Facts = typeof facts extends fc.Arbitrary<infer T> ? T : never;

const textFields = (of: Facts): string[] => [
  `Duration: ${of.durationMs.toFixed(2)} ms`,
  `Billed Duration: ${of.billedMs} ms`,
  `Memory Size: ${of.memorySizeMb} MB`,
  ...(of.maxMemoryUsedMb === undefined ? [] : [`Max Memory Used: ${of.maxMemoryUsedMb} MB`]),
  ...(of.initMs === undefined ? [] : [`Init Duration: ${of.initMs.toFixed(2)} ms`]),
  ...(of.restoreMs === undefined ? [] : [`Restore Duration: ${of.restoreMs.toFixed(2)} ms`]),
];

const asText = (of: Facts): string => `REPORT RequestId: ${of.requestId}\t${textFields(of).join("\t")}\t\n`;

const asJson = (of: Facts): string =>
  `${JSON.stringify({
    time: "2026-09-19T10:00:00.000Z",
    type: "platform.report",
    record: {
      requestId: of.requestId,
      metrics: {
        durationMs: of.durationMs,
        billedDurationMs: of.billedMs,
        memorySizeMB: of.memorySizeMb,
        maxMemoryUsedMB: of.maxMemoryUsedMb,
        initDurationMs: of.initMs,
        restoreDurationMs: of.restoreMs,
      },
      status: "success",
    },
  })}\n`;

const record = fc.tuple(facts, fc.constantFrom(asText, asJson)).map(([of, write]) => ({ of, text: write(of) }));

const noise = fc
  .array(
    fc.oneof(
      fc.string({ unit: "binary" }),
      fc.constantFrom(
        "REPORT ",
        "RequestId: ",
        "Duration: 0",
        '"platform.report"',
        "{",
        "}",
        '"',
        "\n",
        "\t",
        " ms",
        "\\",
      ),
      fc.json(),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(""));

/** Text that cannot swallow the record after it as part of a string. */
const openText = noise.map((text) => text.replaceAll(/["\\]/g, ""));

const base64 = (bytes: Uint8Array | string): string => Buffer.from(bytes).toString("base64");

const numbersOf = (value: object): number[] => Object.values(value).filter((each) => typeof each === "number");

it("never throws", () => {
  const anything = fc.oneof(fc.string({ unit: "binary" }), fc.base64String(), noise.map(base64));
  fc.assert(
    fc.property(anything, (tail) => {
      expect(["record", "unreadable"]).toContain(parseLogTail(tail).kind);
    }),
  );
});

it("finds the record of the request among other text", () => {
  fc.assert(
    fc.property(openText, record, noise, (before, { of, text }, after) => {
      const { requestId, durationMs, billedMs, memorySizeMb } = of;
      const parsed = parseLogTail(base64(before + text + after), requestId);
      expect(parsed).toMatchObject({ kind: "record", requestId, durationMs, billedMs, memorySizeMb });
    }),
  );
});

it("says what the platform says, and nothing that it does not say", () => {
  fc.assert(
    fc.property(openText, record, (before, { of, text }) => {
      expect(parseLogTail(base64(`${before}\n${text}`), of.requestId)).toEqual({
        kind: "record",
        ...of,
        cold: of.initMs !== undefined || of.restoreMs !== undefined,
        status: "ok",
      });
    }),
  );
});

it("holds no 0 and no number of its own when the tail is cut anywhere", () => {
  fc.assert(
    fc.property(noise, record, noise, fc.nat(), fc.nat(), (before, { of, text }, after, from, length) => {
      const bytes = Buffer.from(before + text + after);
      const start = from % (bytes.length + 1);
      const cut = bytes.subarray(start, start + (length % (bytes.length - start + 1)));
      const parsed = parseLogTail(base64(cut), of.requestId);
      expect(numbersOf(of)).toEqual(expect.arrayContaining(numbersOf(parsed)));
    }),
    { numRuns: 500 },
  );
});

it("has the right durations or none when a record is cut at its end", () => {
  fc.assert(
    fc.property(record, fc.nat(), ({ of, text }, length) => {
      const parsed = parseLogTail(base64(text.slice(0, length % text.length)), of.requestId);
      const { durationMs, billedMs } = parsed.kind === "record" ? parsed : of;
      expect({ durationMs, billedMs }).toEqual({ durationMs: of.durationMs, billedMs: of.billedMs });
    }),
  );
});
