import { describe, expect, it } from "vitest";
import { priceOf } from "../../../core/pricing/price-book.ts";
import { type OfferFile, offerFileSchema } from "../../../scripts/prices/offer-file.ts";
import { regionPrices } from "../../../scripts/prices/region-prices.ts";
import { type FixtureProduct, lambdaProducts, offerFile, statesProducts } from "./offer-fixture.ts";

const lambda = (products: readonly FixtureProduct[], currency = "USD"): OfferFile =>
  offerFileSchema.parse(offerFile("AWSLambda", "eu-west-2", products, { currency }));
const states = offerFileSchema.parse(offerFile("AmazonStates", "eu-west-2", statesProducts("EUW2-", "0.0000250000")));

const without = (usagetype: string): FixtureProduct[] =>
  lambdaProducts("EUW2-").filter((product) => product.usagetype !== usagetype);

describe("the entry of a region", () => {
  it("has every price of its offer files", () => {
    const entry = regionPrices("eu-west-2", lambda(lambdaProducts("EUW2-")), states, undefined);
    const { prices } = priceOf("us-east-1", "x86_64");
    expect(entry).toMatchObject({
      publicationDate: "2027-01-15",
      source: "AWS Price List, offer AWSLambda",
      usdPerStateTransition: 0.000025,
      x86_64: {
        durationTiers: prices.durationTiers,
        usdPerRequest: 0.0000002,
        storageUsdPerGbSecond: 0.0000000309,
        provisionedConcurrency: prices.provisionedConcurrency,
        snapStart: prices.snapStart,
      },
    });
    expect(entry.arm64.durationTiers.map(({ upToGbSeconds }) => upToGbSeconds)).toEqual([7.5e9, 18.75e9, undefined]);
    expect(entry.arm64.durationTiers[0]?.usdPerGbSecond).toBe(0.0000133334);
    expect(entry.arm64.snapStart).toEqual(prices.snapStart);
  });

  it("is read in the region whose usage types have no prefix, too", () => {
    const offer = offerFileSchema.parse(offerFile("AWSLambda", "us-east-1", lambdaProducts("")));
    expect(regionPrices("us-east-1", offer, undefined, undefined).x86_64.usdPerRequest).toBe(0.0000002);
  });

  it("keeps its transition price where Step Functions has no offer file", () => {
    const offer = lambda(lambdaProducts("EUW2-"));
    const known = regionPrices("eu-west-2", offer, states, undefined);
    expect(regionPrices("eu-west-2", offer, undefined, known).usdPerStateTransition).toBe(0.000025);
    expect(regionPrices("eu-west-2", offer, undefined, undefined)).not.toHaveProperty("usdPerStateTransition");
  });

  it("has no SnapStart where the offer file has none", () => {
    const offer = lambda(without("EUW2-Lambda-SnapStart-Cached-GB-S"));
    expect(regionPrices("eu-west-2", offer, states, undefined).x86_64).not.toHaveProperty("snapStart");
  });
});

describe("an offer file that is not understood", () => {
  it("lacks a price", () => {
    const offer = lambda(without("EUW2-Lambda-GB-Second-ARM"));
    expect(() => regionPrices("eu-west-2", offer, states, undefined)).toThrow(
      "eu-west-2: no price in USD for Lambda-GB-Second-ARM (group AWS-Lambda-Duration-ARM).",
    );
  });

  it("has another currency", () => {
    const offer = lambda(lambdaProducts("EUW2-"), "CNY");
    expect(() => regionPrices("eu-west-2", offer, states, undefined)).toThrow("no price in USD");
  });

  it("has two prices for one thing", () => {
    const second: FixtureProduct = {
      group: "AWS-Lambda-Requests",
      usagetype: "EUW2-Request",
      steps: [["0", "Inf", "0.0000003000"]],
    };
    const offer = lambda([...lambdaProducts("EUW2-"), second]);
    expect(() => regionPrices("eu-west-2", offer, states, undefined)).toThrow("different prices");
  });
});
