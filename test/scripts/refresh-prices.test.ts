import { execFile } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { priceBookSchema } from "../../core/pricing/price-book-format.ts";
import { priceBookText } from "../../scripts/prices/refresh-price-book.ts";
import { lambdaProducts, offerFile, statesProducts } from "./prices/offer-fixture.ts";

const script = fileURLToPath(new URL("../../scripts/refresh-prices.ts", import.meta.url));
const bookFile = fileURLToPath(new URL("../../core/pricing/price-book.json", import.meta.url));

const offers = "offers/v1.0/aws";

/** What the pricing host serves, by path. */
const served = (): Map<string, object> =>
  new Map([
    [
      `${offers}/AWSLambda/current/region_index.json`,
      { regions: { "eu-west-2": {}, "xx-new-1": {}, "xx-gone-1": {} } },
    ],
    [`${offers}/AWSLambda/current/eu-west-2/index.json`, offerFile("AWSLambda", "eu-west-2", lambdaProducts("EUW2-"))],
    [
      `${offers}/AmazonStates/current/eu-west-2/index.json`,
      offerFile("AmazonStates", "eu-west-2", statesProducts("EUW2-", "0.0000300000")),
    ],
    [`${offers}/AWSLambda/current/xx-new-1/index.json`, offerFile("AWSLambda", "xx-new-1", lambdaProducts("XXN1-"))],
  ]);

let folder: string;
let book: string;
let files: Map<string, object>;
let server: Server;
let url: string;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "refresh-prices-"));
  book = join(folder, "book.json");
  copyFileSync(bookFile, book);
  files = served();
  server = createServer((request, response) => {
    const path = request.url?.slice(1) ?? "";
    const file = files.get(path);
    response.writeHead(file === undefined ? 404 : 200);
    response.end(file === undefined ? "" : JSON.stringify(file));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const address = server.address();
  url = `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
});

afterEach(async () => {
  await new Promise((resolve) => {
    server.close(resolve);
  });
  rmSync(folder, { recursive: true });
});

interface Outcome {
  readonly code: unknown;
  readonly stdout: string;
  readonly stderr: string;
}

const refresh = (...flags: string[]): Promise<Outcome> =>
  new Promise((resolve) => {
    execFile(process.execPath, [script, "--book", book, ...flags], (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : error.code, stdout, stderr });
    });
  });

const regions = () => priceBookSchema.parse(JSON.parse(readFileSync(book, "utf8"))).regions;

describe("refresh-prices", () => {
  it("puts the prices of the offer files into the book and prints what changed", async () => {
    const { code, stdout, stderr } = await refresh("--from", url);
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: expect.stringContaining("xx-gone-1: no offer file; left out."),
    });
    expect(stdout).toContain("~ eu-west-2 publicationDate: 2025-10-30 -> 2027-01-15\n");
    expect(stdout).toContain("~ eu-west-2 usdPerStateTransition: 0.000025 -> 0.00003\n");
    expect(stdout).toContain("~ eu-west-2 x86_64 storageUsdPerGbSecond: 0.0000000358 -> 0.0000000309\n");
    expect(stdout).toContain("+ xx-new-1 arm64 durationTiers 0 usdPerGbSecond: 0.0000133334\n");
    expect(stdout).not.toContain("us-east-1");
    expect(Object.keys(regions())).toHaveLength(37);
    expect(regions()["eu-west-2"]).toMatchObject({ usdPerStateTransition: 0.00003, publicationDate: "2027-01-15" });
  });

  it("gives the same bytes when it runs again", async () => {
    await refresh("--from", url);
    const once = readFileSync(book, "utf8");
    const { stdout, stderr } = await refresh("--from", `${url}/`);
    expect({ stdout, changed: readFileSync(book, "utf8") !== once }).toEqual({ stdout: "", changed: false });
    expect(stderr).toContain("No price changed.");
  });

  it("refreshes the regions that it is asked for", async () => {
    await refresh("--from", url, "--region", "xx-new-1");
    expect(regions()).toHaveProperty("xx-new-1");
    expect(regions()["eu-west-2"]).toMatchObject({ publicationDate: "2025-10-30" });
  });

  it("reads a folder as it reads the host, and the book's regions where there is no list", async () => {
    files.delete(`${offers}/AWSLambda/current/region_index.json`);
    for (const [path, content] of files) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), JSON.stringify(content));
    }
    const { code, stderr } = await refresh("--from", folder);
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: expect.stringContaining("us-east-1: no offer file; prices kept."),
    });
    expect(regions()["eu-west-2"]).toMatchObject({ publicationDate: "2027-01-15" });
    expect(regions()).not.toHaveProperty("xx-new-1");
  });

  it("writes nothing with --check, and exits 1 when something differs", async () => {
    const { code, stdout } = await refresh("--from", url, "--check");
    expect({ code, printed: stdout !== "" }).toEqual({ code: 1, printed: true });
    expect(readFileSync(book, "utf8")).toBe(readFileSync(bookFile, "utf8"));
  });
});

describe("refresh-prices writes nothing and exits 1", () => {
  const nothing = async (...flags: string[]): Promise<string> => {
    const { code, stdout, stderr } = await refresh(...flags);
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(readFileSync(book, "utf8")).toBe(readFileSync(bookFile, "utf8"));
    return stderr;
  };

  it("when a region of the book lost a price", async () => {
    files.set(`${offers}/AWSLambda/current/eu-west-2/index.json`, offerFile("AWSLambda", "eu-west-2", []));
    expect(await nothing("--from", url)).toContain("Nothing was written. eu-west-2: no price in USD for");
  });

  it("when an offer file is something else", async () => {
    files.set(`${offers}/AWSLambda/current/eu-west-2/index.json`, { message: "hello" });
    expect(await nothing("--from", url)).toContain("is not an offer file");
  });

  it("when there is nothing at all", async () => {
    expect(await nothing("--from", join(folder, "empty"))).toContain("no usable offer file");
  });

  it("when the host does not answer", async () => {
    expect(await nothing("--from", "http://127.0.0.1:1")).toContain("could not be read.");
  });
});

it("refresh-prices exits 2 on a flag that it does not know, and shows those it knows", async () => {
  const { code, stderr } = await refresh("--form", url);
  expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining("--from URL|FOLDER") });
});

it("the price book is written as refresh-prices writes it", () => {
  const text = readFileSync(bookFile, "utf8");
  expect(priceBookText(priceBookSchema.parse(JSON.parse(text)))).toBe(text);
});
