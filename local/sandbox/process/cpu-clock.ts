import { closeSync, openSync, readdirSync, readSync } from "node:fs";
import { descendantsOf } from "./descendants.ts";

/** How long the list of threads and children is taken as it was, in milliseconds. */
const refreshMs = 10;

/** Tells how much CPU time a process and its descendants have used from one question to the next. */
export class CpuClock {
  readonly #leaderId: number;
  readonly #threads = new Map<string, Thread>();
  readonly #buffer = Buffer.alloc(64);
  #descendants: readonly number[];
  #refreshedAt = Number.NEGATIVE_INFINITY;
  #askedAt = performance.now();

  constructor(leaderId: number) {
    this.#leaderId = leaderId;
    this.#descendants = [leaderId];
  }

  descendants(): readonly number[] {
    return this.#descendants;
  }

  /**
   * CPU time since the last call, in milliseconds, of all threads together.
   *
   * @param wasStopped - Whether the processes were stopped since then: where the system does not tell CPU time, time that
   *   passed while they were not counts as used.
   */
  spentMs(wasStopped: boolean): number {
    const now = performance.now();
    const elapsedMs = now - this.#askedAt;
    this.#askedAt = now;
    if (process.platform !== "linux") return wasStopped ? 0 : elapsedMs;
    if (now - this.#refreshedAt >= refreshMs) this.#refresh(now);
    let spentMs = 0;
    for (const [path, thread] of this.#threads) {
      const usedMs = this.#read(thread);
      if (usedMs === undefined) this.#forget(path, thread);
      else {
        spentMs += Math.max(0, usedMs - thread.usedMs);
        thread.usedMs = usedMs;
      }
    }
    return spentMs;
  }

  close(): void {
    for (const [path, thread] of this.#threads) this.#forget(path, thread);
  }

  #refresh(now: number): void {
    this.#refreshedAt = now;
    this.#descendants = descendantsOf(this.#leaderId);
    for (const id of this.#descendants) {
      for (const thread of list(`/proc/${id}/task`)) {
        const path = `/proc/${id}/task/${thread}/schedstat`;
        if (!this.#threads.has(path)) this.#open(path);
      }
    }
  }

  #open(path: string): void {
    try {
      // A thread that is seen for the first time has used all of its time since it began, which is not long ago.
      this.#threads.set(path, { file: openSync(path, "r"), usedMs: 0 });
    } catch {
      // It has ended in the meantime.
    }
  }

  #read({ file }: Thread): number | undefined {
    try {
      const length = readSync(file, this.#buffer, 0, this.#buffer.length, 0);
      return length === 0 ? undefined : Number.parseInt(this.#buffer.toString("latin1", 0, length), 10) / 1e6;
    } catch {
      return undefined;
    }
  }

  #forget(path: string, { file }: Thread): void {
    this.#threads.delete(path);
    closeSync(file);
  }
}

interface Thread {
  readonly file: number;
  usedMs: number;
}

const list = (folder: string): string[] => {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
};
