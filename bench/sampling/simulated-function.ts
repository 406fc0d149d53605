/** How the platform treats one simulated function, beyond the duration of its handler. */
export interface PlatformTraits {
  /** Sd of the logarithm of an environment's own speed. */
  readonly hostSd: number;
  /** Init phase of a cold start in milliseconds, billed. */
  readonly initMs: number;
  /** How many times longer the handler runs in the first call of an environment. */
  readonly coldFactor: number;
  /** First warm calls are slower by `amplitude`, decaying with the call's number over `calls`. */
  readonly warmUp?: { readonly amplitude: number; readonly calls: number };
  /** All durations swing together over the time of day. */
  readonly drift?: { readonly amplitude: number; readonly periodSeconds: number; readonly phase: number };
  /** Correlation of neighbouring calls of one environment. */
  readonly autocorrelation: number;
}

/** A function whose truth is known. */
export interface SimulatedFunction extends PlatformTraits {
  readonly id: string;
  /** Functions of one group are variants of each other: they share one weight in every mean. */
  readonly group: string;
  readonly family: string;
  readonly weight: number;
  readonly currentMb: number;
  /** Memory that the function uses; it runs out of memory below it. */
  readonly memoryUsedMb: number;
  /** Shares of the payloads, summing to 1. */
  readonly payloadShares: readonly number[];
  /**
   * Handler duration of a warm call in an average environment, in milliseconds.
   *
   * @param position - Where the call falls in its law of noise: uniform over 0 to 1, not always ascending in duration.
   */
  readonly durationMs: (memoryMb: number, payload: number, position: number) => number;
  /** Mean billed duration where it is known exactly; else it is integrated from `durationMs`. */
  readonly meanBilledMs?: (memoryMb: number) => number;
}

/** @returns What a duration is billed as: whole milliseconds, at least one. */
export const billedOf = (durationMs: number): number => Math.max(1, Math.ceil(durationMs - 1e-9));

/** Truth about a simulated function: means and percentiles without host, drift and warm-up. */
export class Truth {
  private readonly simulated: SimulatedFunction;
  private readonly means = new Map<number, number>();
  private optimum: { readonly memoryMb: number; readonly cost: number } | undefined;

  constructor(simulated: SimulatedFunction) {
    this.simulated = simulated;
  }

  /** Smallest size with 10 % of headroom over the memory used. */
  get floorMb(): number {
    return Math.max(128, Math.ceil(1.1 * this.simulated.memoryUsedMb));
  }

  /** Mean billed duration in milliseconds. */
  meanBilledMs(memoryMb: number): number {
    const known = this.means.get(memoryMb);
    if (known !== undefined) return known;
    const mean = this.simulated.meanBilledMs?.(memoryMb) ?? this.integratedMeanBilledMs(memoryMb);
    this.means.set(memoryMb, mean);
    return mean;
  }

  private integratedMeanBilledMs(memoryMb: number): number {
    let mean = 0;
    for (const [payload, share] of this.simulated.payloadShares.entries()) {
      for (const [position, weight] of positions) {
        mean += share * weight * billedOf(this.simulated.durationMs(memoryMb, payload, position));
      }
    }
    return mean;
  }

  /** Mean billed GB-seconds of one warm call. */
  cost(memoryMb: number): number {
    return (memoryMb / 1024) * (this.meanBilledMs(memoryMb) / 1000);
  }

  /** The size with the lowest cost, and that cost. */
  get best(): { readonly memoryMb: number; readonly cost: number } {
    this.optimum ??= cheapest(
      candidateSizes(this.floorMb).map((memoryMb) => ({ memoryMb, cost: this.cost(memoryMb) })),
    );
    return this.optimum;
  }

  /** Percentile of the duration of a warm call, in milliseconds. */
  percentileMs(memoryMb: number, percentile: number): number {
    const weighted = this.simulated.payloadShares.flatMap((share, payload) =>
      positions.map(([position, weight]) => ({
        weight: share * weight,
        durationMs: this.simulated.durationMs(memoryMb, payload, position),
      })),
    );
    weighted.sort((a, b) => a.durationMs - b.durationMs);
    let cumulative = 0;
    for (const point of weighted) {
      cumulative += point.weight;
      if (cumulative >= percentile / 100) return point.durationMs;
    }
    return weighted.at(-1)?.durationMs ?? 0;
  }
}

/** Every size that is worth looking at: finely spaced over the range, and the round numbers people use. */
export const candidateSizes = (floorMb: number): number[] => {
  const steps = 240;
  const spaced = Array.from({ length: steps + 1 }, (_, step) => Math.round(128 * (10_240 / 128) ** (step / steps)));
  const common = [128, 256, 512, 1024, 1536, 1769, 1770, 2048, 3008, 10_240, floorMb];
  return [...new Set([...spaced, ...common])].filter((size) => size >= floorMb && size <= 10_240).sort((a, b) => a - b);
};

const cheapest = (sizes: readonly { readonly memoryMb: number; readonly cost: number }[]) =>
  sizes.reduce((best, size) => (size.cost < best.cost ? size : best));

// Midpoints of cells that become finer towards both ends, where the tails are.
const positions: readonly (readonly [position: number, weight: number])[] = (() => {
  const edges = [0];
  for (let step = 1; step < 240; step++) {
    const t = step / 240;
    edges.push(t * t * (3 - 2 * t));
  }
  edges.push(1);
  return edges.slice(1).map((edge, index) => {
    const from = edges[index] ?? 0;
    return [(from + edge) / 2, edge - from] as const;
  });
})();
