import { existsSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { z } from "zod";
import { pricedRegions, priceOf } from "../../../core/pricing/price-book.ts";

/** A table of all regions taken from AWS's pricing page, kept beside the repository, not in it. */
const file = new URL("../../../../shared/data/lambda-prices-2025-10-30.json", import.meta.url);

const pricesSchema = z.object({
  gbSecond: z.array(z.number()),
  request: z.number(),
  storageGbSecond: z.number(),
  provisionedConcurrencyGbSecond: z.number(),
  provisionedDurationGbSecond: z.number(),
});
const bounds = z.array(z.number().nullable());
const tableSchema = z.object({
  tierUpperBoundsGbSecondPerMonth: z.object({ x86_64: bounds, arm64: bounds }),
  regions: z.record(z.string(), z.object({ x86_64: pricesSchema, arm64: pricesSchema })),
});

const table = existsSync(file) ? tableSchema.parse(JSON.parse(readFileSync(file, "utf8"))) : undefined;
const rows = Object.entries(table?.regions ?? {}).flatMap(([region, byArchitecture]) => [
  { region, architecture: "x86_64" as const, expected: byArchitecture.x86_64 },
  { region, architecture: "arm64" as const, expected: byArchitecture.arm64 },
]);

it.skipIf(table === undefined)("has the regions of the reference table (skipped where the table is absent)", () => {
  expect(pricedRegions()).toEqual(expect.arrayContaining(Object.keys(table?.regions ?? {})));
  expect(rows).toHaveLength(72);
});

it.each(rows)("agrees with the reference table to the last digit: $region $architecture", (row) => {
  const { prices, warning } = priceOf(row.region, row.architecture);
  expect(warning).toBeUndefined();
  expect({
    gbSecond: prices.durationTiers.map((tier) => tier.usdPerGbSecond),
    request: prices.usdPerRequest,
    storageGbSecond: prices.storageUsdPerGbSecond,
    provisionedConcurrencyGbSecond: prices.provisionedConcurrency.idleUsdPerGbSecond,
    provisionedDurationGbSecond: prices.provisionedConcurrency.durationUsdPerGbSecond,
  }).toEqual(row.expected);
  expect(prices.durationTiers.map((tier) => tier.upToGbSeconds ?? null)).toEqual(
    table?.tierUpperBoundsGbSecondPerMonth[row.architecture],
  );
});
