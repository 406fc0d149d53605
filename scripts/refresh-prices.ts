import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { priceBookSchema } from "../core/pricing/price-book-format.ts";
import { offerSource } from "./prices/offer-source.ts";
import { priceDifferences } from "./prices/price-differences.ts";
import { priceBookText, refreshPriceBook } from "./prices/refresh-price-book.ts";

const usage = `Refreshes the price book from AWS's public offer files and prints what changed.

  node scripts/refresh-prices.ts [--from URL|FOLDER] [--region REGION]... [--book FILE] [--check]

  --from    Base URL of the pricing host, or a folder with the same paths below offers/.
            Default: the environment variable LAMBDA_TUNER_PRICING_URL, or AWS's own host.
  --region  Refresh this region only; may be given several times. Default: every region.
  --book    The price book to refresh. Default: core/pricing/price-book.json
  --check   Write nothing; exit 1 when the book differs from the offer files.
`;

const awsPricingHost = "https://pricing.us-east-1.amazonaws.com";
const bookFile = fileURLToPath(new URL("../core/pricing/price-book.json", import.meta.url));

const options = () =>
  parseArgs({
    options: {
      from: { type: "string", default: process.env["LAMBDA_TUNER_PRICING_URL"] ?? awsPricingHost },
      region: { type: "string", multiple: true },
      book: { type: "string", default: bookFile },
      check: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  }).values;

const refresh = async ({ from, region, book, check }: ReturnType<typeof options>): Promise<number> => {
  const known = priceBookSchema.parse(JSON.parse(readFileSync(book, "utf8")));
  const refreshed = await refreshPriceBook(known, offerSource(from), region);
  for (const note of refreshed.notes) process.stderr.write(`${note}\n`);
  const differences = priceDifferences(known, refreshed.book);
  for (const difference of differences) process.stdout.write(`${difference}\n`);
  process.stderr.write(differences.length === 0 ? "No price changed.\n" : `${differences.length} values differ.\n`);
  if (check) return differences.length === 0 ? 0 : 1;
  writeFileSync(book, priceBookText(refreshed.book));
  return 0;
};

const main = async (): Promise<number> => {
  let given: ReturnType<typeof options>;
  try {
    given = options();
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
    return 2;
  }
  if (given.help) {
    process.stdout.write(usage);
    return 0;
  }
  try {
    return await refresh(given);
  } catch (error) {
    process.stderr.write(`Nothing was written. ${inWords(error)}\n`);
    return 1;
  }
};

/** The message of an error and of what caused it, to the root. */
const inWords = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  return error.cause === undefined ? error.message : `${error.message} ${inWords(error.cause)}`;
};

process.exitCode = await main();
