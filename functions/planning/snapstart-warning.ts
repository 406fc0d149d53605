import { priceOf } from "../../core/pricing/price-book.ts";
import { snapStartPricesOf } from "../../core/pricing/snapstart.ts";
import type { Target } from "../../core/run/target.ts";
import type { Warning } from "../../core/warning.ts";

/** What a user of SnapStart must know of publishing so many versions; nothing where they cost nothing. */
export const snapStartWarnings = (target: Target, versions: number): Warning[] => {
  const charged = snapStartPricesOf(target, priceOf(target.region, target.architecture).prices);
  if (charged === undefined || versions === 0) return [];
  const { pricedAs } = charged;
  return [{ kind: "snapstart-cache-charged", versions, ...(pricedAs === undefined ? {} : { pricedAs }) }];
};
