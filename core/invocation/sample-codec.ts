import type { Sample, SampleStatus } from "./sample.ts";
import { textOfWholeNumbers, wholeNumbersOf } from "./whole-number-text.ts";

/**
 * Writes samples as text, in their order, for the state that travels between the steps of a run.
 *
 * What equals the expectation, or the sample before it, is left out: a warm success takes 4 to 7 characters, none of
 * which JSON has to escape. Times are kept to 0.01 ms, as the platform prints them.
 *
 * @param samples - Samples with times of 0 ms or more, whole billed milliseconds, and rounds from 1.
 * @throws RangeError for a sample that could not be read back.
 *
 * @example
 * ```ts
 * encodeSamples([{ durationMs: 12.34, billedMs: 13, cold: false, status: "ok", lane: 0, payload: 0, round: 1 }]); // => "!w<21"
 * ```
 */
export const encodeSamples = (samples: readonly Sample[]): string => {
  const numbers: number[] = [];
  let before = beforeTheFirst;
  for (const sample of samples) {
    numbers.push(...numbersOf(sample, before));
    before = sample;
  }
  return textOfWholeNumbers(numbers);
};

/**
 * Reads what `encodeSamples` wrote.
 *
 * @throws RangeError on any other text.
 *
 * @example
 * ```ts
 * decodeSamples(""); // => []
 * ```
 */
export const decodeSamples = (text: string): Sample[] => {
  const numbers = wholeNumbersOf(text).values();
  const samples: Sample[] = [];
  let before = beforeTheFirst;
  for (const parts of numbers) {
    const sample = sampleOf(parts, before, numbers);
    samples.push(sample);
    before = sample;
  }
  // There is one way to write a sample: what reads otherwise was written by something else.
  if (encodeSamples(samples) !== text) throw new RangeError("Expected encoded samples, got a text of another writer.");
  return samples;
};

type Place = Pick<Sample, "lane" | "payload" | "round">;

const beforeTheFirst: Place = { lane: 0, payload: 0, round: 1 };

/** What a sample's first number says: which of the further numbers follow, whether it is cold, and above them the status. */
const part = { billed: 1, lane: 2, payload: 4, round: 8, cold: 16, init: 32, restore: 64 } as const;
const statusStep = 128;
const statuses: readonly SampleStatus[] = ["ok", "error", "timed-out", "out-of-memory"];

const numbersOf = (sample: Sample, before: Place): number[] => {
  const numbers = [hundredths(sample.durationMs)];
  let parts = statuses.indexOf(sample.status) * statusStep + (sample.cold ? part.cold : 0);
  const add = (bit: number, value: number): void => {
    parts += bit;
    numbers.push(value);
  };
  if (sample.billedMs !== expectedBilledMs(sample)) add(part.billed, sample.billedMs);
  if (sample.lane !== before.lane) add(part.lane, sample.lane);
  if (sample.payload !== before.payload) add(part.payload, sample.payload);
  if (sample.round !== before.round) add(part.round, sample.round);
  if (sample.initMs !== undefined) add(part.init, hundredths(sample.initMs));
  if (sample.restoreMs !== undefined) add(part.restore, hundredths(sample.restoreMs));
  return [parts, ...numbers];
};

const sampleOf = (parts: number, before: Place, numbers: Iterator<number>): Sample => {
  const next = (): number => {
    const { value, done } = numbers.next();
    if (done === true) throw new RangeError("Expected encoded samples, got a text that ends within a sample.");
    return value;
  };
  const has = (bit: number): boolean => Math.floor(parts / bit) % 2 === 1;
  const status = statuses[Math.floor(parts / statusStep)];
  if (status === undefined) throw new RangeError("Expected encoded samples, got a status that does not exist.");
  const durationMs = next() / 100;
  const billedMs = has(part.billed) ? next() : undefined;
  const lane = has(part.lane) ? next() : before.lane;
  const payload = has(part.payload) ? next() : before.payload;
  const round = has(part.round) ? next() : before.round;
  const initMs = has(part.init) ? next() / 100 : undefined;
  const restoreMs = has(part.restore) ? next() / 100 : undefined;
  const cold = has(part.cold);
  return {
    durationMs,
    billedMs: billedMs ?? expectedBilledMs({ durationMs, ...(initMs !== undefined && { initMs }) }),
    ...(initMs !== undefined && { initMs }),
    ...(restoreMs !== undefined && { restoreMs }),
    cold,
    status,
    lane,
    payload,
    round,
  };
};

/** What the platform bills unless something else, such as a restore, comes on top; from hundredths, as no sum of doubles is exact. */
const expectedBilledMs = ({ durationMs, initMs }: Pick<Sample, "durationMs" | "initMs">): number =>
  Math.ceil((hundredths(durationMs) + (initMs === undefined ? 0 : hundredths(initMs))) / 100);

const hundredths = (ms: number): number => Math.round(ms * 100);
