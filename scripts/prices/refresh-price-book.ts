import { type PriceBook, priceBookSchema, type RegionPrices } from "../../core/pricing/price-book-format.ts";
import type { OfferSource } from "./offer-source.ts";
import { regionPrices } from "./region-prices.ts";

/** A refreshed price book and what a person must know about how it came to be. */
export interface RefreshedBook {
  readonly book: PriceBook;
  readonly notes: readonly string[];
}

/**
 * Reads every region's offer files and puts their prices in the place of the book's.
 *
 * A region without an offer file keeps the prices it has. One that is not in the book is added when its offer file has
 * every price that the book needs.
 *
 * @param regions - Regions to refresh; those of the source, or else of the book, when `undefined`.
 * @throws Error when the offer file of a region in the book lacks a price, which would be a silent gap, and when the
 *   source has no offer file for any of the regions.
 */
export const refreshPriceBook = async (
  known: PriceBook,
  source: OfferSource,
  regions?: readonly string[],
): Promise<RefreshedBook> => {
  const notes: string[] = [];
  const refreshed = new Map<string, RegionPrices>(Object.entries(known.regions));
  let read = 0;
  for (const region of regions ?? (await source.regions()) ?? Object.keys(known.regions)) {
    const entry = await refreshRegion(region, known.regions[region], source);
    if (typeof entry === "string") {
      notes.push(entry);
    } else {
      refreshed.set(region, entry);
      read += 1;
    }
  }
  if (read === 0) throw new Error("There is no usable offer file for any of the regions.");
  const sorted = [...refreshed].sort(([a], [b]) => (a < b ? -1 : 1));
  return { book: priceBookSchema.parse({ ...known, regions: Object.fromEntries(sorted) }), notes };
};

/** The text of the price book's file: the same book gives the same bytes. */
export const priceBookText = (book: PriceBook): string => `${JSON.stringify(priceBookSchema.parse(book), null, 2)}\n`;

/** @returns The region's new entry, or a note that says why there is none. */
const refreshRegion = async (
  region: string,
  known: RegionPrices | undefined,
  source: OfferSource,
): Promise<RegionPrices | string> => {
  const lambda = await source.offer("AWSLambda", region);
  if (lambda === undefined) return `${region}: no offer file; ${known === undefined ? "left out" : "prices kept"}.`;
  const states = await source.offer("AmazonStates", region);
  try {
    return regionPrices(region, lambda, states, known);
  } catch (error) {
    if (known !== undefined) throw error;
    return `${error instanceof Error ? error.message : String(error)} Left out.`;
  }
};
