import type { SizeMeasurement } from "../../../core/run/measurement.ts";
import type { Job, SamplingContext, StopReason } from "../../../core/sampling/decision.ts";
import { nextRound } from "../../../core/sampling/next-round.ts";
import { failedSize, measuredSize, type WarmCall } from "./measured-size.ts";

/** A function to sample: its warm duration at a size by the call's number at that size, from 0. */
export interface PlayedFunction {
  readonly durationMs: (memorySizeMb: number, call: number) => number;
  /** It runs out of memory below. */
  readonly memoryUsedMb?: number;
}

/** What came of a run. */
export interface PlayedRun {
  readonly rounds: readonly (readonly Job[])[];
  readonly measurements: readonly SizeMeasurement[];
  readonly stopped: StopReason;
  readonly invocations: number;
}

/** Rounds after which a run that does not end by itself is a defect. */
const mostRounds = 40;

/** Samples a function until sampling says that it is done. */
export const playRun = (context: SamplingContext, { durationMs, memoryUsedMb = 60 }: PlayedFunction): PlayedRun => {
  const calls = new Map<number, WarmCall[]>();
  const rounds: (readonly Job[])[] = [];
  const measurements = (): SizeMeasurement[] =>
    [...calls].map(([memorySizeMb, warm]) =>
      memorySizeMb < memoryUsedMb
        ? failedSize(memorySizeMb, "out-of-memory")
        : measuredSize(memorySizeMb, warm, { maxMemoryUsedMb: memoryUsedMb }),
    );
  for (let round = 0; round <= mostRounds; round++) {
    const decision = nextRound(context, measurements(), round);
    if (decision.kind === "done") {
      const invocations = measurements().reduce((sum, size) => sum + size.invocations, 0);
      return { rounds, measurements: measurements(), stopped: decision.reason, invocations };
    }
    rounds.push(decision.jobs);
    for (const { memorySizeMb, warm, lanes } of decision.jobs) {
      const before = calls.get(memorySizeMb) ?? [];
      const more = Array.from({ length: warm }, (_, call) => ({
        durationMs: durationMs(memorySizeMb, before.length + call),
        lane: call % lanes,
        round: round + 1,
      }));
      calls.set(memorySizeMb, [...before, ...more]);
    }
  }
  throw new RangeError(`Expected the run to end within ${mostRounds} rounds.`);
};

const oneVcpuMb = 1769;

/** Waits, and works on one thread. */
export const singleThreaded =
  (waitMs: number, workMs: number) =>
  (memorySizeMb: number): number =>
    waitMs + workMs / Math.min(1, memorySizeMb / oneVcpuMb);

/** Works on so many threads, all of the time. */
export const multiThreaded =
  (threads: number, workMs: number) =>
  (memorySizeMb: number): number =>
    workMs / Math.min(threads, memorySizeMb / oneVcpuMb);
