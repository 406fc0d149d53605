import type { BookedPrices } from "../pricing/price-book.ts";
import { formatCount, formatNumber } from "../report/format-number.ts";
import { formatUsd } from "../report/format-usd.ts";
import type { Production } from "../report/schema.ts";
import { secondsPerMonth } from "./month.ts";

export type ProvisionedConcurrencyNote = NonNullable<Production["provisionedConcurrency"]>;

/**
 * What provisioned concurrency would change, and up to how many environments it pays for itself.
 *
 * An environment that is provisioned costs the idle price all the time and a lower duration price while it runs. It is
 * cheaper than on demand when it is busy for more than idle / (on demand - running) of the time: 60 % at us-east-1 prices.
 *
 * @param load - Environments to keep (p99 of ConcurrentExecutions at the recommended size), invocations a month, mean duration in seconds and
 * memory at the recommended size.
 * @param prices - `usdPerGbSecond` is the on-demand duration price.
 * @returns `undefined` when nothing ran.
 * @see {@link https://aws.amazon.com/lambda/pricing/ | AWS Lambda pricing}, "Provisioned Concurrency"
 */
export const provisionedConcurrencyNote = (
  load: {
    readonly concurrency: number;
    readonly invocationsPerMonth: number;
    readonly meanDurationMs: number;
    readonly memorySizeMb: number;
  },
  prices: Pick<BookedPrices, "usdPerGbSecond" | "provisionedConcurrency">,
): ProvisionedConcurrencyNote | undefined => {
  if (load.concurrency <= 0 || load.invocationsPerMonth <= 0) return undefined;
  const { idleUsdPerGbSecond: idle, durationUsdPerGbSecond: running } = prices.provisionedConcurrency;
  const environments = Math.ceil(load.concurrency);
  const gb = load.memorySizeMb / 1024;
  const busy = (load.invocationsPerMonth * load.meanDurationMs) / 1000 / secondsPerMonth;
  const discount = prices.usdPerGbSecond - running;
  const monthlyUsd = secondsPerMonth * gb * (environments * idle - Math.min(busy, environments) * discount);
  const worthwhileShare = idle / discount;
  const breakEvenConcurrency = Math.floor(busy / worthwhileShare);
  const facts = { environments, monthlyUsd, worthwhileShare, breakEvenConcurrency };
  return { breakEvenConcurrency, monthlyUsd, explanation: explain(facts, load.memorySizeMb) };
};

const explain = (
  facts: { environments: number; monthlyUsd: number; worthwhileShare: number; breakEvenConcurrency: number },
  memorySizeMb: number,
): string => {
  const { environments, monthlyUsd, worthwhileShare, breakEvenConcurrency } = facts;
  const change = `costs ${formatUsd(Math.abs(monthlyUsd))} a month ${monthlyUsd < 0 ? "less" : "more"} than on demand`;
  const verdict =
    breakEvenConcurrency === 0
      ? "none is"
      : `up to ${breakEvenConcurrency} ${breakEvenConcurrency === 1 ? "is" : "are"}`;
  return `Keeping ${formatCount(environments, "environment")} of ${memorySizeMb} MB provisioned, for the p99 of concurrency, ${change}. One pays for itself when busy for ${formatNumber(100 * worthwhileShare)}% of the time: ${verdict}.`;
};
