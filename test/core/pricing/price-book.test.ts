import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { defaultPriceRegion, pricedRegions, priceOf } from "../../../core/pricing/price-book.ts";
import { priceBookSchema } from "../../../core/pricing/price-book-format.ts";

const bookFile = new URL("../../../core/pricing/price-book.json", import.meta.url);

describe("the price book", () => {
  it("keeps to its format", () => {
    expect(priceBookSchema.safeParse(JSON.parse(readFileSync(bookFile, "utf8"))).error).toBeUndefined();
  });

  it("has 36 regions", () => {
    expect(pricedRegions()).toHaveLength(36);
    expect(pricedRegions()).toContain(defaultPriceRegion);
  });

  // The Price List publication of 2026-09-19, by hand.
  it("has every price of us-east-1", () => {
    expect(priceOf("us-east-1", "x86_64")).toEqual({
      prices: {
        region: "us-east-1",
        architecture: "x86_64",
        publicationDate: "2026-09-19",
        source: "AWS Price List, offer AWSLambda",
        usdPerGbSecond: 0.0000166667,
        durationTiers: [
          { upToGbSeconds: 6e9, usdPerGbSecond: 0.0000166667 },
          { upToGbSeconds: 15e9, usdPerGbSecond: 0.000015 },
          { usdPerGbSecond: 0.0000133334 },
        ],
        usdPerRequest: 0.0000002,
        storageUsdPerGbSecond: 0.0000000309,
        provisionedConcurrency: { idleUsdPerGbSecond: 0.0000041667, durationUsdPerGbSecond: 0.0000097222 },
        snapStart: { cacheUsdPerGbSecond: 0.0000015046, restoreUsdPerGb: 0.0001397998 },
        usdPerStateTransition: 0.000025,
      },
    });
    expect(priceOf("us-east-1", "arm64").prices).toMatchObject({
      durationTiers: [
        { upToGbSeconds: 7.5e9, usdPerGbSecond: 0.0000133334 },
        { upToGbSeconds: 18.75e9, usdPerGbSecond: 0.0000120001 },
        { usdPerGbSecond: 0.0000106667 },
      ],
      provisionedConcurrency: { idleUsdPerGbSecond: 0.0000033334, durationUsdPerGbSecond: 0.0000077778 },
    });
  });

  it.each([
    ["af-south-1", 0.0000221],
    ["ap-east-1", 0.00002292],
    ["me-south-1", 0.0000206667],
    ["me-central-1", 0.0000206667],
    ["eu-south-1", 0.0000195172],
    ["eu-central-2", 0.0000183334],
    ["il-central-1", 0.0000175],
    ["mx-central-1", 0.0000175],
    ["ap-southeast-6", 0.0000175],
    ["ap-southeast-5", 0.000015],
    ["ap-southeast-7", 0.000015],
    ["ap-east-2", 0.000015],
  ])("has a duration price of its own in %s", (region, price) => {
    expect(priceOf(region, "x86_64").prices).toMatchObject({ region, usdPerGbSecond: price });
  });

  it.each([
    ["us-west-1", 0.0000279],
    ["sa-east-1", 0.0000375],
    ["eu-west-1", 0.000025],
    ["ap-southeast-7", 0.000025],
  ])("has the price of a state transition in %s", (region, price) => {
    expect(priceOf(region, "arm64").prices.usdPerStateTransition).toBe(price);
  });

  it("has no SnapStart prices where they are not known", () => {
    expect(priceOf("eu-west-1", "arm64").prices).not.toHaveProperty("snapStart");
  });
});

describe("a region that is not in the book", () => {
  it.each(["cn-north-1", "eu-nowhere-9", "", "constructor", "__proto__"])(
    "is priced as us-east-1, with a warning: %j",
    (region) => {
      const { prices, warning } = priceOf(region, "arm64");
      expect(prices).toEqual(priceOf("us-east-1", "arm64").prices);
      expect(warning).toEqual({ kind: "region-not-priced", region, pricedAs: "us-east-1" });
    },
  );
});
