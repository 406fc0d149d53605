import { requestLimits } from "../request/limits.ts";
import type { SamplingContext } from "./decision.ts";
import type { SizeObservation } from "./observe-sizes.ts";

/** Invocations and money that a run has used. */
export interface Spend {
  readonly invocations: number;
  /** Compute and request charges of every invocation, failures included, in US dollars. */
  readonly chargeUsd: number;
}

/** What an invocation is charged by. */
type Prices = Pick<SamplingContext, "usdPerGbSecond" | "usdPerRequest" | "storageAsMemoryMb">;

/** Memory that is paid for while an invocation runs, in MB: ephemeral storage counts as the memory that costs as much. */
export const paidMemoryMb = (memorySizeMb: number, { storageAsMemoryMb }: Pick<Prices, "storageAsMemoryMb">): number =>
  memorySizeMb + storageAsMemoryMb;

/**
 * Compute and storage charge and request fee of one invocation, in US dollars.
 *
 * @example
 * ```ts
 * const prices = { usdPerGbSecond: 0.00002, usdPerRequest: 0.0000002, storageAsMemoryMb: 0 };
 * (1e6 * invocationCharge(512, 100, prices)).toFixed(2); // => "1.20"
 * ```
 */
export const invocationCharge = (memorySizeMb: number, billedMs: number, prices: Prices): number =>
  (paidMemoryMb(memorySizeMb, prices) / 1024) * (billedMs / 1000) * prices.usdPerGbSecond + prices.usdPerRequest;

/** Adds up what the observed sizes cost. Invocations without a readable record are reckoned at the dearest of their size. */
export const spendSoFar = (observations: readonly SizeObservation[], prices: Prices): Spend => ({
  invocations: observations.reduce((sum, size) => sum + size.invocations, 0),
  chargeUsd: observations.reduce((sum, size) => sum + sizeCharge(size, prices), 0),
});

const sizeCharge = ({ all, invocations, memorySizeMb }: SizeObservation, prices: Prices): number => {
  const charges = all.map(({ billedMs }) => invocationCharge(memorySizeMb, billedMs, prices));
  const lost = Math.max(0, invocations - all.length);
  return charges.reduce((sum, charge) => sum + charge, 0) + lost * Math.max(0, ...charges);
};

/** The most invocations that the request lets a run make, all sizes together. */
export const invocationLimit = (context: Pick<SamplingContext, "sampling" | "budget">): number =>
  Math.min(
    context.sampling.maxInvocations ?? requestLimits.invocations,
    context.budget.maxInvocations ?? requestLimits.invocations,
  );
