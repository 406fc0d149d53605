import { normalCdf } from "../../core/statistics/normal-cdf.ts";
import { encodeSamples } from "../../core/invocation/sample-codec.ts";
import type { Sample } from "../../core/invocation/sample.ts";
import type { SizeMeasurement } from "../../core/run/measurement.ts";
import { payloadSequence } from "../../core/planning/payload-sequence.ts";
import type { Job } from "../../core/sampling/decision.ts";
import { Random } from "./random.ts";
import { billedOf, type SimulatedFunction } from "./simulated-function.ts";

/** Seconds it takes to update the function and to publish a version. */
const publishSeconds = 4;

/** A run gives a size up after so many calls that ran out of memory. */
const callsBeforeGivingUp = 2;

interface Environment {
  readonly host: number;
  calls: number;
  noise: number;
}

interface MeasuredSize {
  readonly samples: Sample[];
  readonly environments: Environment[];
  invocations: number;
  outOfMemory: boolean;
}

/** Runs a simulated function as a run would see it: versions, environments, cold starts, drift over a virtual clock. */
export class SimulatedPlatform {
  private readonly simulated: SimulatedFunction;
  private readonly random: Random;
  private readonly nextPayload: (place: number) => number;
  private readonly measured = new Map<number, MeasuredSize>();
  private rounds = 0;
  /** Seconds since the run began. */
  clockSeconds = 0;

  constructor(simulated: SimulatedFunction, ...seeds: readonly number[]) {
    this.simulated = simulated;
    this.nextPayload = payloadSequence(simulated.payloadShares, seeds[0] ?? 0);
    this.random = new Random(...seeds);
  }

  /** Publishes the versions that are new, then measures all jobs at the same time. */
  measure(jobs: readonly Job[]): void {
    this.rounds++;
    this.clockSeconds += publishSeconds * jobs.filter(({ memorySizeMb }) => !this.measured.has(memorySizeMb)).length;
    const start = this.clockSeconds;
    const ends = jobs.map((job) => this.measureSize(job, start));
    this.clockSeconds = Math.max(start, ...ends);
  }

  get measurements(): SizeMeasurement[] {
    return [...this.measured].map(([memorySizeMb, size]) => ({
      memorySizeMb,
      outcome: size.outOfMemory ? "out-of-memory" : "measured",
      samples: encodeSamples(size.samples),
      maxMemoryUsedMb: Math.min(memorySizeMb, this.simulated.memoryUsedMb),
      errors: [],
      invocations: size.invocations,
      throttles: 0,
    }));
  }

  /** Samples of one size in the order they were taken. */
  samplesOf(memorySizeMb: number): readonly Sample[] {
    return this.measured.get(memorySizeMb)?.samples ?? [];
  }

  isOutOfMemory(memorySizeMb: number): boolean {
    return memorySizeMb < this.simulated.memoryUsedMb;
  }

  get invocations(): number {
    return [...this.measured.values()].reduce((sum, size) => sum + size.invocations, 0);
  }

  get sizes(): number {
    return this.measured.size;
  }

  get roundsMeasured(): number {
    return this.rounds;
  }

  /** Everything billed so far, cold starts and failures included. */
  get billedGbSeconds(): number {
    let sum = 0;
    for (const [memorySizeMb, size] of this.measured) {
      for (const sample of size.samples) sum += (memorySizeMb / 1024) * (sample.billedMs / 1000);
    }
    return sum;
  }

  private measureSize(job: Job, start: number): number {
    const size = this.sizeOf(job.memorySizeMb);
    if (this.isOutOfMemory(job.memorySizeMb)) return this.runOutOfMemory(job.memorySizeMb, size, start);
    const perLane = splitEvenly(job.warm, job.lanes);
    const ends = perLane.map((warm, lane) => {
      let clock = start;
      let environment = size.environments[lane];
      if (environment === undefined) {
        environment = this.newEnvironment();
        size.environments[lane] = environment;
        clock += this.invoke(job.memorySizeMb, size, environment, lane, clock);
      }
      for (let call = 0; call < warm; call++) clock += this.invoke(job.memorySizeMb, size, environment, lane, clock);
      return clock;
    });
    return Math.max(...ends);
  }

  private sizeOf(memorySizeMb: number): MeasuredSize {
    const known = this.measured.get(memorySizeMb);
    if (known !== undefined) return known;
    const size = { samples: [], environments: [], invocations: 0, outOfMemory: false };
    this.measured.set(memorySizeMb, size);
    return size;
  }

  private newEnvironment(): Environment {
    return { host: Math.exp(this.simulated.hostSd * this.random.normal()), calls: 0, noise: this.random.normal() };
  }

  /** @returns Seconds that the invocation took. */
  private invoke(memoryMb: number, size: MeasuredSize, environment: Environment, lane: number, clock: number): number {
    const { simulated } = this;
    const cold = environment.calls === 0;
    const payload = this.nextPayload(size.invocations);
    const correlation = simulated.autocorrelation;
    environment.noise = correlation * environment.noise + Math.sqrt(1 - correlation ** 2) * this.random.normal();
    const position = Math.min(1 - 1e-9, Math.max(1e-9, normalCdf(environment.noise)));
    const warmUp = simulated.warmUp;
    const slower = warmUp === undefined ? 1 : 1 + warmUp.amplitude * Math.exp(-(environment.calls - 1) / warmUp.calls);
    const durationMs =
      simulated.durationMs(memoryMb, payload, position) *
      environment.host *
      this.driftAt(clock) *
      (cold ? simulated.coldFactor : slower);
    const initMs = cold ? simulated.initMs : 0;
    environment.calls++;
    size.invocations++;
    size.samples.push({
      durationMs: Math.round(durationMs * 100) / 100,
      billedMs: billedOf(durationMs + initMs),
      ...(cold ? { initMs: Math.round(initMs * 100) / 100 } : {}),
      cold,
      status: "ok",
      lane,
      payload,
      round: this.rounds,
    });
    return (durationMs + initMs) / 1000;
  }

  private driftAt(clock: number): number {
    const { drift } = this.simulated;
    if (drift === undefined) return 1;
    return 1 + drift.amplitude * Math.sin((2 * Math.PI * clock) / drift.periodSeconds + drift.phase);
  }

  private runOutOfMemory(memoryMb: number, size: MeasuredSize, start: number): number {
    size.outOfMemory = true;
    const durationMs = Math.round(this.simulated.durationMs(memoryMb, 0, 0.5) * 50) / 100;
    for (let call = 0; call < callsBeforeGivingUp; call++) {
      size.invocations++;
      size.samples.push({
        durationMs,
        billedMs: billedOf(durationMs + this.simulated.initMs),
        initMs: Math.round(this.simulated.initMs * 100) / 100,
        cold: true,
        status: "out-of-memory",
        lane: 0,
        payload: 0,
        round: this.rounds,
      });
    }
    return start + (callsBeforeGivingUp * (durationMs + this.simulated.initMs)) / 1000;
  }
}

const splitEvenly = (total: number, parts: number): number[] =>
  Array.from({ length: parts }, (_, part) => Math.floor((total + part) / parts));
