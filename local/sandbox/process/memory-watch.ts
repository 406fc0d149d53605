import { execFile } from "node:child_process";
import { currentMemoryMb } from "./memory-used.ts";

/** How often memory is looked at, in milliseconds: reading a file is cheap, running `ps` is not. */
const lookEveryMs = process.platform === "linux" ? 20 : 250;

/** Watches what processes hold in memory where the kernel does not limit it. */
export class MemoryWatch {
  readonly #limitMb: number;
  readonly #processIds: () => readonly number[];
  readonly #onExceeded: () => void;
  #timer: NodeJS.Timeout | undefined;
  #peakMb: number | undefined;
  #wasExceeded = false;

  constructor(limitMb: number, processIds: () => readonly number[], onExceeded: () => void) {
    this.#limitMb = limitMb;
    this.#processIds = processIds;
    this.#onExceeded = onExceeded;
  }

  /** Whether the limit was exceeded at any time. */
  get wasExceeded(): boolean {
    return this.#wasExceeded;
  }

  /** The most that was seen, in MB; `undefined` when nothing was. */
  get peakMb(): number | undefined {
    return this.#peakMb;
  }

  start(): void {
    this.#timer ??= setInterval(() => this.#look(), lookEveryMs);
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  #look(): void {
    const ids = this.#processIds();
    if (process.platform === "linux") this.#judge(currentMemoryMb(ids));
    else execFile("ps", ["-o", "rss=", "-p", ids.join(",")], (_, output) => this.#judge(sumKb(output)));
  }

  #judge(heldMb: number | undefined): void {
    if (heldMb === undefined) return;
    this.#peakMb = Math.max(this.#peakMb ?? 0, heldMb);
    if (heldMb <= this.#limitMb || this.#wasExceeded || this.#timer === undefined) return;
    this.#wasExceeded = true;
    this.#onExceeded();
  }
}

const sumKb = (output: string): number | undefined => {
  const sizes = output.split("\n").map(Number).filter(Boolean);
  return sizes.length === 0 ? undefined : sizes.reduce((sum, size) => sum + size, 0) / 1024;
};
