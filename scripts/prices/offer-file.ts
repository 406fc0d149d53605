import { z } from "zod";

const priceDimensionSchema = z.object({
  beginRange: z.string().optional(),
  endRange: z.string().optional(),
  pricePerUnit: z.record(z.string(), z.string()),
});

/** The parts of an AWS bulk offer file that prices are read from; the rest of it is passed over. */
export const offerFileSchema = z.object({
  offerCode: z.string(),
  publicationDate: z.string(),
  products: z.record(
    z.string(),
    z.object({
      sku: z.string(),
      attributes: z.object({
        group: z.string().optional(),
        usagetype: z.string().optional(),
        location: z.string().optional(),
        regionCode: z.string().optional(),
      }),
    }),
  ),
  terms: z.object({
    OnDemand: z.record(
      z.string(),
      z.record(z.string(), z.object({ priceDimensions: z.record(z.string(), priceDimensionSchema) })),
    ),
  }),
});
export type OfferFile = z.output<typeof offerFileSchema>;

/** One price of a product, and the monthly quantity from which on it applies. */
export interface PriceStep {
  readonly from: number;
  /** Absent for the last one. */
  readonly upTo?: number;
  readonly usd: number;
}

/** What identifies a product: its group, the usage type without its region prefix, or both. */
export interface ProductName {
  readonly group?: string;
  readonly usageType: string;
}

/**
 * The prices of the one product of a region that has this name, lowest quantity first.
 *
 * @returns `undefined` when there is no such product, or when it has no price in US dollars.
 * @throws Error when several products of the region have the name and differ in price: the file is not understood then.
 * @see {@link https://docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/reading-service-price-list-file.html}
 */
export const priceSteps = (offer: OfferFile, region: string, name: ProductName): readonly PriceStep[] | undefined => {
  const [first, ...others] = Object.values(offer.products)
    .filter(({ attributes }) => isOfRegion(attributes, region) && hasName(attributes, name))
    .map(({ sku }) => stepsOf(offer, sku))
    .filter((steps) => steps.length > 0);
  if (others.some((steps) => JSON.stringify(steps) !== JSON.stringify(first))) {
    throw new Error(`${region}: several products are called ${name.usageType}, at different prices.`);
  }
  return first;
};

type Attributes = OfferFile["products"][string]["attributes"];

/** The free tier is a product of the location "Any". */
const isOfRegion = ({ location, regionCode }: Attributes, region: string): boolean =>
  location !== "Any" && (regionCode === undefined || regionCode === region);

/** Usage types begin with a code of the region everywhere but in us-east-1, for example `EUW2-Lambda-GB-Second`. */
const hasName = ({ group, usagetype = "" }: Attributes, name: ProductName): boolean =>
  (name.group === undefined || group === name.group) &&
  (usagetype === name.usageType || usagetype.replace(/^[A-Z0-9]+-/, "") === name.usageType);

const stepsOf = (offer: OfferFile, sku: string): PriceStep[] =>
  Object.values(offer.terms.OnDemand[sku] ?? {})
    .flatMap(({ priceDimensions }) => Object.values(priceDimensions))
    .flatMap(({ beginRange = "0", endRange = "Inf", pricePerUnit }) => {
      const price = pricePerUnit["USD"];
      if (price === undefined) return [];
      const step = { from: Number(beginRange), usd: Number(price) };
      return [endRange === "Inf" ? step : { ...step, upTo: Number(endRange) }];
    })
    .sort((a, b) => a.from - b.from);
