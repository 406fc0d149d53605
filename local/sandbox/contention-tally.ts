import type { Contention, OthersReading } from "../endpoint/function-runner.ts";

/** Adds up what other programs took from invocations, by the version that was invoked. */
export class ContentionTally {
  readonly #byVersion = new Map<string, Contention>();

  get byVersion(): ReadonlyMap<string, Contention> {
    return this.#byVersion;
  }

  add(version: string, contention: Contention): void {
    const before = this.#byVersion.get(version);
    this.#byVersion.set(version, before === undefined ? contention : together(before, contention));
  }
}

const together = (one: Contention, other: Contention): Contention => ({
  elapsedMs: one.elapsedMs + other.elapsedMs,
  lostMs: one.lostMs + other.lostMs,
  from: earlier(one.from, other.from),
  to: earlier(one.to, other.to) === one.to ? other.to : one.to,
  machineCores: one.machineCores,
});

const earlier = (one: OthersReading, other: OthersReading): OthersReading => (one.atMs <= other.atMs ? one : other);
