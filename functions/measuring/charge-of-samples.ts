import type { Sample } from "../../core/invocation/sample.ts";
import { invocationCharge } from "../../core/pricing/invocation-charge.ts";
import { priceOf } from "../../core/pricing/price-book.ts";
import type { Target } from "../../core/run/target.ts";

/** What the invocations behind samples of one size have cost, in USD. */
export const chargeOfSamples = (
  samples: readonly Pick<Sample, "billedMs">[],
  memorySizeMb: number,
  { region, architecture, ephemeralStorageMb }: Pick<Target, "region" | "architecture" | "ephemeralStorageMb">,
): number => {
  const { prices } = priceOf(region, architecture);
  return samples.reduce(
    (sum, { billedMs }) => sum + invocationCharge({ billedMs, memorySizeMb, ephemeralStorageMb }, prices),
    0,
  );
};
