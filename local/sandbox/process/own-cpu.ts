import { readFileSync } from "node:fs";

/** CPU time of this process and of all environments that it has started: what other programs have not used. */
export class OwnCpu {
  /** Milliseconds when last seen, by the id of the process that leads an environment. */
  readonly #leaders = new Map<number, number>();
  #endedMs = 0;

  /** Counts an environment from now on. */
  add(leaderId: number): void {
    this.#leaders.set(leaderId, 0);
  }

  /** Keeps what an environment has used. Call it right before the environment is killed. */
  settle(leaderId: number): void {
    this.#endedMs += this.#spentMs(leaderId);
    this.#leaders.delete(leaderId);
  }

  /** Milliseconds so far. */
  totalMs(): number {
    const { user, system } = process.cpuUsage();
    let totalMs = (user + system) / 1000 + this.#endedMs;
    for (const leaderId of this.#leaders.keys()) totalMs += this.#spentMs(leaderId);
    return totalMs;
  }

  /** Of one that is gone: what was seen last. */
  #spentMs(leaderId: number): number {
    const spentMs = processMs(leaderId) ?? this.#leaders.get(leaderId) ?? 0;
    if (this.#leaders.has(leaderId)) this.#leaders.set(leaderId, spentMs);
    return spentMs;
  }
}

/** CPU time of a process with all its threads, and of the children that it has waited for. */
const processMs = (id: number): number | undefined => {
  try {
    const stat = readFileSync(`/proc/${id}/stat`, "latin1");
    // The name in parentheses may hold spaces; the third field comes after it, these are the 14th to the 17th.
    const times = stat
      .slice(stat.lastIndexOf(")") + 2)
      .split(" ", 15)
      .slice(11);
    return times.reduce((sum, ticks) => sum + Number(ticks) * msPerTick, 0);
  } catch {
    return undefined;
  }
};

/** The kernel tells programs hundredths of a second, whatever its own clock does. */
const msPerTick = 10;
