import { foreseenBilledMs, type Start } from "../../core/sampling/foreseen-billed-ms.ts";
import { chargeOfSamples } from "./charge-of-samples.ts";
import type { MeasureInput } from "./measure-input.ts";
import type { SizeTally } from "./size-tally.ts";

/** What a size may still spend of its share of the budget. */
export interface SpendLimit {
  /** Invocations that may be started at once now, beside those in flight; any number where the request sets no limit. */
  affordable(start: Start): number;
  /** Keeps back what an invocation is foreseen to cost, for as long as it is in flight. */
  during(start: Start, invocation: () => Promise<void>): Promise<void>;
}

/**
 * Keeps a size within its share of the budget.
 *
 * An invocation is foreseen to cost as much as the dearest of its kind so far, and one without a readable record
 * to have cost that of a cold one.
 * Before the first record nothing is foreseen: one invocation goes alone, and one without a record counts as long as the
 * target's timeout.
 */
export const createSpendLimit = (
  { job: { memorySizeMb }, limits: { usd }, target }: Pick<MeasureInput, "job" | "limits" | "target">,
  tally: SizeTally,
): SpendLimit => {
  if (usd === undefined) return { affordable: () => Number.POSITIVE_INFINITY, during: async (_, send) => send() };
  let keptUsd = 0;
  const chargeOf = (billedMs: number): number => chargeOfSamples([{ billedMs }], memorySizeMb, target);
  const foreseenUsd = (start: Start): number | undefined => {
    const billedMs = foreseenBilledMs(tally.samples, start);
    return billedMs === undefined ? undefined : chargeOf(billedMs);
  };
  const spentUsd = (): number => {
    const lost = tally.invocations - tally.samples.length;
    const lostUsd = lost * (foreseenUsd("cold") ?? chargeOf(target.original.timeoutSeconds * 1000));
    return chargeOfSamples(tally.samples, memorySizeMb, target) + lostUsd;
  };
  const leftUsd = (): number => usd - spentUsd() - keptUsd;
  return {
    affordable: (start) => {
      const foreseen = foreseenUsd(start);
      return foreseen === undefined ? Number(leftUsd() > 0) : Math.max(0, Math.floor(leftUsd() / foreseen));
    },
    during: async (start, send) => {
      const foreseen = foreseenUsd(start) ?? usd;
      keptUsd += foreseen;
      try {
        await send();
      } finally {
        keptUsd -= foreseen;
      }
    },
  };
};
