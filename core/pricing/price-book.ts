import { type UsdPerGbSecond, usdPerGbSecond } from "../units.ts";
import type { Warning } from "../warning.ts";
import priceBook from "./price-book.json" with { type: "json" };
import type { Architecture, ArchitecturePrices, PriceBook } from "./price-book-format.ts";

/** What a region and architecture cost: rates in US dollars, as published, free tier left out. */
export interface BookedPrices {
  /** The region whose prices these are: the one asked for, or the documented default. */
  readonly region: string;
  readonly architecture: Architecture;
  /** Day on which AWS published these prices, `YYYY-MM-DD`. */
  readonly publicationDate: string;
  readonly source: string;
  /** Duration price of the first monthly tier, which all but very large accounts pay. */
  readonly usdPerGbSecond: UsdPerGbSecond;
  /** Duration prices by monthly volume, lowest first; the last tier has no upper bound. */
  readonly durationTiers: readonly DurationTier[];
  readonly usdPerRequest: number;
  /** Ephemeral storage above 512 MB. */
  readonly storageUsdPerGbSecond: number;
  readonly provisionedConcurrency: ArchitecturePrices["provisionedConcurrency"];
  /** Absent where the book does not have them. Functions on Java do not pay them. */
  readonly snapStart?: NonNullable<ArchitecturePrices["snapStart"]>;
  /** A state transition of a Step Functions Standard workflow. */
  readonly usdPerStateTransition: number;
}

/** A duration price and the monthly volume in GB-seconds up to which it applies; without a bound in the last tier. */
export interface DurationTier {
  readonly upToGbSeconds?: number;
  readonly usdPerGbSecond: UsdPerGbSecond;
}

/** The region whose prices stand for a region that the book does not have. */
export const defaultPriceRegion = "us-east-1";

/**
 * Looks up the prices of a region and architecture.
 *
 * @param region - AWS region code.
 * @returns The prices, with a warning when they are those of `us-east-1` because the region is not in the book: the
 *   partitions that do not publish prices in US dollars, and regions younger than the book.
 * @see {@link https://aws.amazon.com/lambda/pricing/}
 *
 * @example
 * ```ts
 * priceOf("af-south-1", "arm64").prices.usdPerGbSecond; // => 0.00001768
 * priceOf("moon-1", "arm64").warning; // => { kind: "region-not-priced", region: "moon-1", pricedAs: "us-east-1" }
 * ```
 */
export const priceOf = (
  region: string,
  architecture: Architecture,
): { readonly prices: BookedPrices; readonly warning?: Extract<Warning, { kind: "region-not-priced" }> } => {
  if (region !== defaultPriceRegion && Object.hasOwn(book.regions, region)) {
    return { prices: booked(region, architecture) };
  }
  const prices = booked(defaultPriceRegion, architecture);
  return region === defaultPriceRegion
    ? { prices }
    : { prices, warning: { kind: "region-not-priced", region, pricedAs: defaultPriceRegion } };
};

/** Regions of the price book, in alphabetical order. */
export const pricedRegions = (): string[] => Object.keys(book.regions).sort();

const book: PriceBook = priceBook;

const booked = (region: string, architecture: Architecture): BookedPrices => {
  const regionPrices = book.regions[region];
  if (regionPrices === undefined) throw new RangeError(`The price book has no ${region}.`);
  const { durationTiers, snapStart, ...prices } = regionPrices[architecture];
  const tiers = durationTiers.map(tierOf);
  const [first] = tiers;
  if (first === undefined) throw new RangeError(`The price book has no duration price for ${region}, ${architecture}.`);
  return {
    region,
    architecture,
    publicationDate: regionPrices.publicationDate,
    source: regionPrices.source,
    usdPerGbSecond: first.usdPerGbSecond,
    durationTiers: tiers,
    ...prices,
    ...(snapStart !== undefined && { snapStart }),
    usdPerStateTransition: regionPrices.usdPerStateTransition ?? book.usdPerStateTransitionElsewhere,
  };
};

const tierOf = ({ upToGbSeconds, usdPerGbSecond: price }: ArchitecturePrices["durationTiers"][number]): DurationTier =>
  upToGbSeconds === undefined
    ? { usdPerGbSecond: usdPerGbSecond(price) }
    : { upToGbSeconds, usdPerGbSecond: usdPerGbSecond(price) };
