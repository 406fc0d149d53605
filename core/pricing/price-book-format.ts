import { z } from "zod";

const price = z.number().positive();

const durationTierSchema = z.strictObject({
  /** Monthly volume in GB-seconds up to which the price applies; absent in the last tier. */
  upToGbSeconds: z.int().positive().optional(),
  usdPerGbSecond: price,
});

const architecturePricesSchema = z.strictObject({
  durationTiers: z
    .array(durationTierSchema)
    .min(1)
    .refine((tiers) => tiers.every(({ upToGbSeconds: bound }, index) => hasItsBound(tiers, index, bound)), {
      error: "expected rising bounds, and none in the last tier",
    }),
  usdPerRequest: price,
  /** Ephemeral storage above 512 MB. */
  storageUsdPerGbSecond: price,
  provisionedConcurrency: z.strictObject({ idleUsdPerGbSecond: price, durationUsdPerGbSecond: price }),
  snapStart: z.strictObject({ cacheUsdPerGbSecond: price, restoreUsdPerGb: price }).optional(),
});

const regionPricesSchema = z.strictObject({
  /** Day on which AWS published the Lambda prices. */
  publicationDate: z.iso.date(),
  source: z.string().min(1),
  usdPerStateTransition: price.optional(),
  x86_64: architecturePricesSchema,
  arm64: architecturePricesSchema,
});

/**
 * Format of `price-book.json`: prices of AWS by region and architecture, in US dollars, without the free tier.
 *
 * The file is written by `scripts/refresh-prices.ts`; a test parses it, so that loading it needs not.
 */
export const priceBookSchema = z.strictObject({
  currency: z.literal("USD"),
  /** State transition of Step Functions where a region does not say its own: the price of most regions. */
  usdPerStateTransitionElsewhere: price,
  regions: z.record(z.string(), regionPricesSchema),
});

/** The architectures of Lambda. */
export type Architecture = "x86_64" | "arm64";

export type ArchitecturePrices = z.output<typeof architecturePricesSchema>;
export type RegionPrices = z.output<typeof regionPricesSchema>;
/** The parsed price book. Its currency is USD; as a plain string, because that is how TypeScript reads JSON. */
export type PriceBook = Omit<z.output<typeof priceBookSchema>, "currency"> & { currency: string };

const hasItsBound = (
  tiers: readonly { readonly upToGbSeconds?: number | undefined }[],
  index: number,
  bound: number | undefined,
): boolean =>
  index === tiers.length - 1
    ? bound === undefined
    : bound !== undefined && bound > (index === 0 ? 0 : (tiers[index - 1]?.upToGbSeconds ?? 0));
