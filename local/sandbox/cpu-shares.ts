/** What an environment wants of the machine's CPU. */
export interface CpuWish {
  /** In whole MB of function memory, 1,769 to a core; more than the whole machine counts as the whole machine. */
  readonly mb: number;
  /** Whether it mostly waits for something else: it may then go beside one that computes. */
  readonly waits: boolean;
}

/** A part of the machine's CPU, held by one environment while it runs. */
export interface CpuLease {
  /** Holds only so much from now on, as one that waits: an environment may turn out to need less than it was granted. */
  wait(mb: number): void;
  /** Gives everything back; later calls do nothing. */
  release(): void;
}

interface Waiting extends CpuWish {
  readonly grant: () => void;
}

/**
 * Hands out CPU in MB of function memory, 1,769 to a core.
 *
 * Environments that compute never have more than there is; and while several run, they share a part of it: what drives and
 * times them needs a core too, as an answer that waits for one counts as duration. One alone may have all. Those that wait
 * share as much once more, so that nobody who computes is kept waiting by them: what they wait for may be the other.
 *
 * Strictly first come, first served: a large share at the head of the queue is not overtaken by small ones behind it,
 * or it would wait for ever under load.
 */
export class CpuShares {
  readonly #totalMb: number;
  readonly #sharedMb: number;
  #computingMb = 0;
  #waitingMb = 0;
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

  /** Held by environments that compute. */
  get computingMb(): number {
    return this.#computingMb;
  }

  /** Held by environments that wait. */
  get waitingMb(): number {
    return this.#waitingMb;
  }

  /**
   * Waits until the share is free.
   *
   * @throws The signal's reason when it aborts while waiting; nothing is held then.
   */
  async acquire(wish: CpuWish, signal: AbortSignal): Promise<CpuLease> {
    signal.throwIfAborted();
    const wanted = { ...wish, mb: Math.min(wish.mb, this.#totalMb) };
    await new Promise<void>((resolve, reject) => {
      const waiting: Waiting = {
        ...wanted,
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
    return this.#lease(wanted);
  }

  #lease(granted: CpuWish): CpuLease {
    let held = granted;
    const hold = (next: CpuWish): void => {
      this.#count(held, -1);
      this.#count(next, 1);
      held = next;
      this.#grantHead();
    };
    return {
      wait: (mb) => hold({ mb: Math.min(mb, held.mb), waits: true }),
      release: () => hold({ mb: 0, waits: true }),
    };
  }

  #grantHead(): void {
    for (let head = this.#queue[0]; head !== undefined && this.#fits(head); head = this.#queue[0]) {
      this.#queue.shift();
      this.#count(head, 1);
      head.grant();
    }
  }

  #count({ mb, waits }: CpuWish, sign: 1 | -1): void {
    if (waits) this.#waitingMb += sign * mb;
    else this.#computingMb += sign * mb;
  }

  #fits({ mb, waits }: CpuWish): boolean {
    if (waits) return this.#computingMb === 0 && (this.#waitingMb === 0 || this.#waitingMb + mb <= this.#sharedMb);
    return this.#computingMb === 0 || this.#computingMb + mb <= this.#sharedMb;
  }
}
