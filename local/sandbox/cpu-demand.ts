import { oneVcpuMb } from "../../core/units.ts";
import type { CpuWish } from "./cpu-shares.ts";

/** An environment that wants a CPU for a larger part of its time computes. */
const mostlyWaiting = 0.25;
/** How much of a core one that waits is granted for each part that it wants: so that few of those who share one meet on it. */
const headroom = 2;

/** How much CPU an environment must be granted to handle an event, learnt from what it has used. */
export class CpuDemand {
  readonly #shareMb: number;
  #wantedShare: number | undefined;
  #cannotTell = false;

  /** @param shareMb - The most that it can use, in MB of function memory. */
  constructor(shareMb: number) {
    this.#shareMb = shareMb;
  }

  /**
   * @param wantedMs - Time in which it ran, or would have run if its quota or others had let it.
   * @param elapsedMs - Above 0.
   */
  learn(wantedMs: number, elapsedMs: number): void {
    const share = wantedMs / elapsedMs;
    this.#wantedShare = this.#wantedShare === undefined ? share : (this.#wantedShare + share) / 2;
  }

  /** The system does not say what it uses. */
  giveUp(): void {
    this.#cannotTell = true;
  }

  get isKnown(): boolean {
    return this.#wantedShare !== undefined || this.#cannotTell;
  }

  /**
   * What to grant: at least a whole core while nothing is known and to environments that compute, however small their own
   * share of it, as others beside them would stretch both; to those that wait, a part. Where nothing will ever be known,
   * its own share, or everything that waits would do so one after the other.
   */
  get wish(): CpuWish {
    if (this.#cannotTell) return { mb: this.#shareMb, waits: false };
    const share = this.#wantedShare ?? 1;
    return share > mostlyWaiting
      ? { mb: Math.max(this.#shareMb, oneVcpuMb), waits: false }
      : { mb: Math.ceil(oneVcpuMb * headroom * share), waits: true };
  }
}
