/** A product of an offer file, in short: group, usage type, and its steps as `[begin, end, price in USD]`. */
export interface FixtureProduct {
  readonly group: string;
  readonly usagetype: string;
  readonly steps: readonly (readonly [string, string, string])[];
  readonly location?: string;
}

const architectureProducts = (prefix: string, suffix: "" | "-ARM", factor: number): FixtureProduct[] => {
  const product = (group: string, usagetype: string, ...steps: [string, string, string][]): FixtureProduct => ({
    group: `${group}${suffix}`,
    usagetype: `${prefix}${usagetype}${suffix}`,
    steps,
  });
  const bounds: [string, string] = suffix === "" ? ["6000000000", "15000000000"] : ["7500000000", "18750000000"];
  const price = (units: number): string => (units * factor * 1e-10).toFixed(10);
  return [
    // Steps in an order of no meaning, as in AWS's files.
    product(
      "AWS-Lambda-Duration",
      "Lambda-GB-Second",
      [bounds[1], "Inf", price(133_334)],
      ["0", bounds[0], price(166_667)],
      [bounds[0], bounds[1], price(150_000)],
    ),
    product("AWS-Lambda-Requests", "Request", ["0", "Inf", "0.0000002000"]),
    product("AWS-Lambda-Storage-Duration", "Lambda-Storage-GB-Second", ["0", "Inf", "0.0000000309"]),
    product("AWS-Lambda-Provisioned-Concurrency", "Lambda-Provisioned-Concurrency", ["0", "Inf", price(41_667)]),
    product("AWS-Lambda-Duration-Provisioned", "Lambda-Provisioned-GB-Second", ["0", "Inf", price(97_222)]),
  ];
};

/** What a region's offer `AWSLambda` holds: what prices are read from, and neighbours that must not be taken for it. */
export const lambdaProducts = (prefix: string): FixtureProduct[] => [
  ...architectureProducts(prefix, "", 1),
  ...architectureProducts(prefix, "-ARM", 0.8),
  {
    group: "AWS-Lambda-SnapStart",
    usagetype: `${prefix}Lambda-SnapStart-Cached-GB-S`,
    steps: [["0", "Inf", "0.0000015046"]],
  },
  {
    group: "AWS-Lambda-SnapStart",
    usagetype: `${prefix}Lambda-SnapStart-Restored-GB`,
    steps: [["0", "Inf", "0.0001397998"]],
  },
  {
    group: "AWS-Lambda-Edge-Duration",
    usagetype: `${prefix}Lambda-Edge-GB-Second`,
    steps: [["0", "Inf", "0.0000500100"]],
  },
  {
    group: "AWS-Lambda-Requests",
    usagetype: "Global-Request",
    location: "Any",
    steps: [["0", "1000000", "0.0000000000"]],
  },
  {
    group: "AWS-Lambda-Duration",
    usagetype: "Global-Lambda-GB-Second",
    location: "Any",
    steps: [["0", "400000", "0.0000000000"]],
  },
];

/** What a region's offer `AmazonStates` holds: the free tier is a step of the product itself. */
export const statesProducts = (prefix: string, price: string): FixtureProduct[] => [
  {
    group: "SFN-StateTransitions",
    usagetype: `${prefix}StateTransition`,
    steps: [
      ["0", "4000", "0.0000000000"],
      ["4000", "Inf", price],
    ],
  },
  {
    group: "SFN-ExpressWorkflows-Requests",
    usagetype: `${prefix}StepFunctions-Request`,
    steps: [["0", "Inf", "0.0000010000"]],
  },
];

/** An offer file as AWS lays it out. */
export const offerFile = (
  offerCode: string,
  region: string,
  products: readonly FixtureProduct[],
  { publicationDate = "2027-01-15T09:30:00Z", currency = "USD" } = {},
): object => {
  const skus = products.map((product, index) => ({ ...product, sku: `SKU${index}` }));
  return {
    formatVersion: "v1.0",
    disclaimer: "This pricing list is for informational purposes only.",
    offerCode,
    version: "20270115093000",
    publicationDate,
    products: Object.fromEntries(
      skus.map(({ sku, group, usagetype, location = region }) => [
        sku,
        {
          sku,
          productFamily: "Serverless",
          attributes: {
            servicecode: offerCode,
            location,
            locationType: "AWS Region",
            group,
            usagetype,
            operation: "",
            ...(location === "Any" ? {} : { regionCode: region }),
          },
        },
      ]),
    ),
    terms: {
      OnDemand: Object.fromEntries(
        skus.map(({ sku, steps }) => [
          sku,
          {
            [`${sku}.JRTCKXETXF`]: {
              offerTermCode: "JRTCKXETXF",
              sku,
              effectiveDate: "2027-01-01T00:00:00Z",
              priceDimensions: Object.fromEntries(
                steps.map(([beginRange, endRange, price], index) => [
                  `${sku}.JRTCKXETXF.RATE${index}`,
                  { rateCode: `RATE${index}`, beginRange, endRange, unit: "", pricePerUnit: { [currency]: price } },
                ]),
              ),
              termAttributes: {},
            },
          },
        ]),
      ),
    },
  };
};
