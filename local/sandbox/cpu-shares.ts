/** A part of the machine's CPU, held by one environment while it runs. */
export interface CpuLease {
  /** Gives back what exceeds `shareMb`: an environment may turn out to need less than it was granted. */
  shrink(shareMb: number): void;
  /** Gives everything back; later calls do nothing. */
  release(): void;
}

interface Waiting {
  readonly shareMb: number;
  readonly grant: () => void;
}

/**
 * Hands out CPU in MB of function memory, 1,769 to a core.
 *
 * Never more than there is; and while several environments run, they share a part of it: what drives and times them needs
 * a core too, as an answer that waits for one counts as duration. An environment alone may have all.
 *
 * Strictly first come, first served: a large share at the head of the queue is not overtaken by small ones behind it,
 * or it would wait for ever under load.
 */
export class CpuShares {
  readonly #totalMb: number;
  readonly #sharedMb: number;
  #heldMb = 0;
  readonly #queue: Waiting[] = [];

  /**
   * @param totalMb - What one environment alone may have.
   * @param sharedMb - What several may have together, at most `totalMb`.
   */
  constructor(totalMb: number, sharedMb: number = totalMb) {
    if (!(totalMb > 0)) throw new RangeError(`A machine has a CPU share above 0 MB, got ${totalMb}.`);
    this.#totalMb = totalMb;
    this.#sharedMb = Math.min(sharedMb, totalMb);
  }

  get heldMb(): number {
    return this.#heldMb;
  }

  /**
   * Waits until the share is free.
   *
   * @param shareMb - Wanted share, whole; more than the whole machine counts as the whole machine.
   * @throws The signal's reason when it aborts while waiting; nothing is held then.
   */
  async acquire(shareMb: number, signal: AbortSignal): Promise<CpuLease> {
    signal.throwIfAborted();
    const wantedMb = Math.min(shareMb, this.#totalMb);
    await new Promise<void>((resolve, reject) => {
      const waiting: Waiting = {
        shareMb: wantedMb,
        grant: () => {
          signal.removeEventListener("abort", giveUp);
          resolve();
        },
      };
      const giveUp = (): void => {
        this.#queue.splice(this.#queue.indexOf(waiting), 1);
        this.#grantHead();
        // oxlint-disable-next-line typescript/prefer-promise-reject-errors -- the caller's own reason
        reject(signal.reason);
      };
      signal.addEventListener("abort", giveUp, { once: true });
      this.#queue.push(waiting);
      this.#grantHead();
    });
    return this.#lease(wantedMb);
  }

  #lease(shareMb: number): CpuLease {
    let leasedMb = shareMb;
    const keep = (mb: number): void => {
      if (mb >= leasedMb) return;
      this.#heldMb -= leasedMb - mb;
      leasedMb = mb;
      this.#grantHead();
    };
    return { shrink: keep, release: () => keep(0) };
  }

  #grantHead(): void {
    for (let head = this.#queue[0]; head !== undefined && this.#fits(head); head = this.#queue[0]) {
      this.#queue.shift();
      this.#heldMb += head.shareMb;
      head.grant();
    }
  }

  #fits({ shareMb }: Waiting): boolean {
    return this.#heldMb === 0 || this.#heldMb + shareMb <= this.#sharedMb;
  }
}
