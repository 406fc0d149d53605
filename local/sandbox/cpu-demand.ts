import { oneVcpuMb } from "../../core/units.ts";

/** An environment that wants a CPU for a larger part of its time has one to itself. */
const mostlyWaiting = 0.25;
/** How much of a core it is granted for each part that it wants: so that few of those who share one meet on it. */
const headroom = 2;

/** How much CPU an environment must be granted to handle an event, learnt from what it has used. */
export class CpuDemand {
  readonly #aloneMb: number;
  #wantedShare: number | undefined;

  /** @param shareMb - The most that it can use, in MB of function memory. */
  constructor(shareMb: number) {
    this.#aloneMb = Math.max(shareMb, oneVcpuMb);
  }

  /**
   * @param wantedMs - Time in which it ran, or would have run if its quota or others had let it.
   * @param elapsedMs - Above 0.
   */
  learn(wantedMs: number, elapsedMs: number): void {
    const share = wantedMs / elapsedMs;
    this.#wantedShare = this.#wantedShare === undefined ? share : (this.#wantedShare + share) / 2;
  }

  get isKnown(): boolean {
    return this.#wantedShare !== undefined;
  }

  /**
   * What to grant, in whole MB of function memory: at least a whole core while nothing is known and to environments that compute,
   * however small their own share of it, as others beside them would stretch both; to those that wait, a part.
   */
  get mb(): number {
    const share = this.#wantedShare ?? 1;
    return share > mostlyWaiting ? this.#aloneMb : Math.ceil(this.#aloneMb * headroom * share);
  }
}
