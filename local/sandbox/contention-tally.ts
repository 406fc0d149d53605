import type { Contention } from "../endpoint/function-runner.ts";

/** Adds up what other programs took from invocations, by the version that was invoked. */
export class ContentionTally {
  readonly #byVersion = new Map<string, Contention>();

  get byVersion(): ReadonlyMap<string, Contention> {
    return this.#byVersion;
  }

  add(version: string, { elapsedMs, lostMs, othersMs, machineCores }: Contention): void {
    const before = this.#byVersion.get(version) ?? { elapsedMs: 0, lostMs: 0, othersMs: 0 };
    this.#byVersion.set(version, {
      elapsedMs: before.elapsedMs + elapsedMs,
      lostMs: before.lostMs + lostMs,
      othersMs: before.othersMs + othersMs,
      machineCores,
    });
  }
}
