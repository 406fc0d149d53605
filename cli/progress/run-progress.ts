import type { HostEvent } from "../../local/endpoint/execution-host.ts";
import { isColdStart } from "../../local/endpoint/function-runner.ts";
import type { InvocationEvent } from "../../local/endpoint/invocation-event.ts";
import { isJsonObject } from "../flags/json-object.ts";
import { stageWords } from "./stages.ts";

/** What one size has shown so far. */
export interface SizeProgress {
  readonly memorySizeMb: number;
  readonly running: number;
  readonly done: number;
  /** Invocations that the rounds so far have asked for. */
  readonly planned: number;
  readonly failed: number;
  /** Of warm invocations that succeeded; absent before the first. */
  readonly meanMs?: number;
}

/** How far a run is. */
export interface RunProgress {
  /** Name of the last state that says what the run is doing. */
  readonly stage: string;
  /** 0 before the first round. */
  readonly round: number;
  readonly sizes: readonly SizeProgress[];
}

/** A size whose measurements of a round are complete. */
export interface FinishedSize {
  readonly round: number;
  readonly size: SizeProgress;
}

/** What one round has shown of a size so far, where single invocations are not seen. */
export interface MeasuredSize {
  readonly memorySizeMb: number;
  readonly round: number;
  readonly done: number;
  readonly failed: number;
  /** Durations of warm invocations that succeeded, in milliseconds. */
  readonly warmMs: readonly number[];
}

/** Follows a run from its events. */
export class ProgressTracker {
  #stage = "Plan";
  #round = 0;
  #jobs: readonly number[] = [];
  readonly #sizes = new Map<number, Tally>();
  /** The last word on each size and round. */
  readonly #measured = new Map<string, MeasuredSize>();
  readonly #allowedErrors: readonly string[];

  /** @param allowedErrors - Error types of the target that count as success. */
  constructor(allowedErrors: readonly string[] = []) {
    this.#allowedErrors = allowedErrors;
  }

  get progress(): RunProgress {
    return {
      stage: this.#stage,
      round: this.#round,
      sizes: [...this.#sizes.values()].map(progressOf).toSorted((a, b) => a.memorySizeMb - b.memorySizeMb),
    };
  }

  invocation(event: InvocationEvent): void {
    const { version, memorySizeMb, phase, report } = event;
    // Only published versions are measured; $LATEST is invoked once by a dry run.
    if (version === "$LATEST") return;
    const tally = this.#tallyOf(memorySizeMb);
    if (phase === "start") {
      tally.running++;
      return;
    }
    tally.running--;
    tally.done++;
    if (report === undefined || this.#isFailure(event)) tally.failed++;
    else if (!isColdStart(report)) {
      tally.warm++;
      tally.sumMs += report.durationMs;
    }
  }

  #isFailure({ report, functionError }: InvocationEvent): boolean {
    if (report?.status === "error" && this.#allowedErrors.includes(report.errorType ?? "")) return false;
    return functionError !== undefined || report?.status !== "success";
  }

  /** Counts what a round has shown of a size in place of what it had shown before. */
  measured(size: MeasuredSize): void {
    const key = `${size.round}/${size.memorySizeMb}`;
    const before = this.#measured.get(key);
    this.#measured.set(key, size);
    const tally = this.#tallyOf(size.memorySizeMb);
    tally.done += size.done - (before?.done ?? 0);
    tally.failed += size.failed - (before?.failed ?? 0);
    tally.warm += size.warmMs.length - (before?.warmMs.length ?? 0);
    tally.sumMs += sumOf(size.warmMs) - sumOf(before?.warmMs ?? []);
  }

  /** @returns The size that this event completes, if it does. */
  event(event: HostEvent): FinishedSize | undefined {
    if (event.kind === "state-entered") {
      if (event.state.name in stageWords) this.#stage = event.state.name;
      if (event.state.name === "Measure") this.#startRound(event.input);
      return undefined;
    }
    if (event.kind !== "iteration-succeeded" || event.state.name !== "Measure") return undefined;
    const memorySizeMb = this.#jobs[event.index];
    return memorySizeMb === undefined
      ? undefined
      : { round: this.#round, size: progressOf(this.#tallyOf(memorySizeMb)) };
  }

  #startRound(input: unknown): void {
    this.#round++;
    const jobs = isJsonObject(input) && Array.isArray(input["jobs"]) ? input["jobs"].filter(isJsonObject) : [];
    this.#jobs = jobs.map((job) => Number(job["memorySizeMb"]));
    for (const job of jobs) {
      const tally = this.#tallyOf(Number(job["memorySizeMb"]));
      // Every lane starts with a cold invocation, unless an earlier round has warmed it.
      const lanes = tally.planned === 0 ? Number(job["lanes"]) : 0;
      tally.planned += Number(job["warm"]) + Number(job["cold"]) + lanes;
    }
  }

  #tallyOf(memorySizeMb: number): Tally {
    const tally = this.#sizes.get(memorySizeMb) ?? {
      memorySizeMb,
      running: 0,
      done: 0,
      planned: 0,
      failed: 0,
      warm: 0,
      sumMs: 0,
    };
    this.#sizes.set(memorySizeMb, tally);
    return tally;
  }
}

interface Tally {
  readonly memorySizeMb: number;
  running: number;
  done: number;
  planned: number;
  failed: number;
  warm: number;
  sumMs: number;
}

const sumOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);

const progressOf = ({ memorySizeMb, running, done, planned, failed, warm, sumMs }: Tally): SizeProgress => ({
  memorySizeMb,
  running,
  done,
  planned: Math.max(planned, done),
  failed,
  ...(warm === 0 ? {} : { meanMs: sumMs / warm }),
});
