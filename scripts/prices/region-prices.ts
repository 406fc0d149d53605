import type { Architecture, ArchitecturePrices, RegionPrices } from "../../core/pricing/price-book-format.ts";
import { type OfferFile, type PriceStep, type ProductName, priceSteps } from "./offer-file.ts";

/**
 * The entry of a region in the price book, from its offer files.
 *
 * @param lambda - Offer `AWSLambda` of the region.
 * @param states - Offer `AmazonStates` of the region; without it the transition price of `known` stays.
 * @param known - The region's entry so far.
 * @throws Error that names the product when a price that the book needs is missing.
 */
export const regionPrices = (
  region: string,
  lambda: OfferFile,
  states: OfferFile | undefined,
  known: RegionPrices | undefined,
): RegionPrices => {
  const transition = states === undefined ? known?.usdPerStateTransition : transitionPrice(states, region);
  return {
    publicationDate: lambda.publicationDate.slice(0, "YYYY-MM-DD".length),
    source: `AWS Price List, offer ${lambda.offerCode}`,
    ...(transition !== undefined && { usdPerStateTransition: transition }),
    x86_64: architecturePrices(lambda, region, "x86_64"),
    arm64: architecturePrices(lambda, region, "arm64"),
  };
};

/** Groups and usage types of the products, as x86 has them; those of arm64 end in `-ARM`. */
const products = {
  duration: { group: "AWS-Lambda-Duration", usageType: "Lambda-GB-Second" },
  request: { group: "AWS-Lambda-Requests", usageType: "Request" },
  storage: { group: "AWS-Lambda-Storage-Duration", usageType: "Lambda-Storage-GB-Second" },
  provisionedIdle: { group: "AWS-Lambda-Provisioned-Concurrency", usageType: "Lambda-Provisioned-Concurrency" },
  provisionedDuration: { group: "AWS-Lambda-Duration-Provisioned", usageType: "Lambda-Provisioned-GB-Second" },
} as const;

const snapStartProducts = {
  cache: { usageType: "Lambda-SnapStart-Cached-GB-S" },
  restore: { usageType: "Lambda-SnapStart-Restored-GB" },
} as const;

const transitionProduct = { group: "SFN-StateTransitions", usageType: "StateTransition" } as const;

const architecturePrices = (offer: OfferFile, region: string, architecture: Architecture): ArchitecturePrices => {
  const price = (name: ProductName): number =>
    paidPrice(required(priceSteps(offer, region, named(name, architecture)), region, named(name, architecture)));
  const duration = named(products.duration, architecture);
  const snapStart = snapStartPrices(offer, region, architecture);
  return {
    durationTiers: required(priceSteps(offer, region, duration), region, duration).map(({ upTo, usd }) =>
      upTo === undefined ? { usdPerGbSecond: usd } : { upToGbSeconds: upTo, usdPerGbSecond: usd },
    ),
    usdPerRequest: price(products.request),
    storageUsdPerGbSecond: price(products.storage),
    provisionedConcurrency: {
      idleUsdPerGbSecond: price(products.provisionedIdle),
      durationUsdPerGbSecond: price(products.provisionedDuration),
    },
    ...(snapStart !== undefined && { snapStart }),
  };
};

/** SnapStart does not exist everywhere; where it has one product for both architectures, both pay that. */
const snapStartPrices = (
  offer: OfferFile,
  region: string,
  architecture: Architecture,
): ArchitecturePrices["snapStart"] => {
  const steps = (name: ProductName) =>
    priceSteps(offer, region, named(name, architecture)) ?? priceSteps(offer, region, name);
  const cache = steps(snapStartProducts.cache);
  const restore = steps(snapStartProducts.restore);
  if (cache === undefined || restore === undefined) return undefined;
  return { cacheUsdPerGbSecond: paidPrice(cache), restoreUsdPerGb: paidPrice(restore) };
};

const transitionPrice = (offer: OfferFile, region: string): number =>
  paidPrice(required(priceSteps(offer, region, transitionProduct), region, transitionProduct));

const named = ({ group, usageType }: ProductName, architecture: Architecture): ProductName => {
  if (architecture === "x86_64") return { ...(group !== undefined && { group }), usageType };
  return { ...(group !== undefined && { group: `${group}-ARM` }), usageType: `${usageType}-ARM` };
};

const required = (steps: readonly PriceStep[] | undefined, region: string, name: ProductName): readonly PriceStep[] => {
  if (steps === undefined) {
    throw new Error(`${region}: no price in USD for ${name.usageType} (group ${name.group ?? "any"}).`);
  }
  return steps;
};

/** The price after a free quantity. */
const paidPrice = (steps: readonly PriceStep[]): number => steps.find(({ usd }) => usd > 0)?.usd ?? 0;
