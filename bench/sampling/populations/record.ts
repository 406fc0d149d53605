/** A line of a file of published curves. */
export interface CurveRecord {
  readonly id: string;
  readonly group: string;
  readonly start?: string;
  readonly weight?: number;
  readonly memoryMB: readonly number[];
  readonly meanDurationMs: readonly number[];
}

/** A line of a file of published invocation samples: one size of one function. */
export interface SampleRecord {
  readonly source: string;
  readonly function: string;
  readonly architecture: string | null;
  readonly memoryMB: number;
  readonly measure: string;
  readonly durationsMs: readonly number[];
  readonly coldStart?: readonly number[];
}

/** @throws TypeError for a line that is neither a curve nor a set of samples. */
export const parseRecords = (jsonLines: string): { curves: CurveRecord[]; samples: SampleRecord[] } => {
  const curves: CurveRecord[] = [];
  const samples: SampleRecord[] = [];
  for (const [index, line] of jsonLines.split("\n").entries()) {
    if (line.trim() === "") continue;
    const record: unknown = JSON.parse(line);
    if (isCurve(record)) curves.push(record);
    else if (isSamples(record)) samples.push(record);
    else throw new TypeError(`Expected a curve or a set of samples in line ${index + 1}.`);
  }
  return { curves, samples };
};

const isCurve = (value: unknown): value is CurveRecord =>
  typeof value === "object" &&
  value !== null &&
  "memoryMB" in value &&
  "meanDurationMs" in value &&
  Array.isArray(value.memoryMB) &&
  Array.isArray(value.meanDurationMs);

const isSamples = (value: unknown): value is SampleRecord =>
  typeof value === "object" &&
  value !== null &&
  "memoryMB" in value &&
  "durationsMs" in value &&
  typeof value.memoryMB === "number" &&
  Array.isArray(value.durationsMs);

/**
 * Durations of warm calls; of all calls where nearly every one was cold and the set was published as such. Where the set
 * does not say, its first call counts as cold.
 */
export const warmDurations = ({ durationsMs, coldStart }: SampleRecord): number[] => {
  if (coldStart === undefined) return durationsMs.slice(1);
  const warm = durationsMs.filter((_, index) => coldStart?.[index] !== 1);
  return warm.length >= durationsMs.length / 2 ? warm : [...durationsMs];
};
