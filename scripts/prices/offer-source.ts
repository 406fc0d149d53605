import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { type OfferFile, offerFileSchema } from "./offer-file.ts";

/** Where offer files come from: AWS's pricing host, a copy of it, or a folder with the same paths. */
export interface OfferSource {
  /** @returns Regions that have an offer file, or `undefined` where there is no list of them. */
  regions(): Promise<readonly string[] | undefined>;
  /**
   * @returns `undefined` when there is no such file.
   * @throws Error when the file cannot be read, or is not an offer file.
   */
  offer(code: OfferCode, region: string): Promise<OfferFile | undefined>;
}

export type OfferCode = "AWSLambda" | "AmazonStates";

/** @param location - A base URL, or the path of a folder. */
export const offerSource = (location: string): OfferSource => {
  const readJson = /^https?:\/\//.test(location) ? fromHost(location) : fromFolder(location);
  return {
    regions: async () => {
      const index = await readJson("offers/v1.0/aws/AWSLambda/current/region_index.json");
      return index === undefined ? undefined : Object.keys(regionIndexSchema.parse(index).regions).sort();
    },
    offer: async (code, region) => {
      const path = `offers/v1.0/aws/${code}/current/${region}/index.json`;
      const json = await readJson(path);
      if (json === undefined) return undefined;
      const parsed = offerFileSchema.safeParse(json);
      if (!parsed.success) throw new Error(`${path} is not an offer file: ${z.prettifyError(parsed.error)}`);
      return parsed.data;
    },
  };
};

const regionIndexSchema = z.object({ regions: z.record(z.string(), z.unknown()) });

type ReadJson = (path: string) => Promise<unknown>;

const requestTimeoutMs = 120_000;

const fromHost =
  (base: string): ReadJson =>
  async (path) => {
    const url = new URL(path, base.endsWith("/") ? base : `${base}/`);
    const response = await fetch(url, { signal: AbortSignal.timeout(requestTimeoutMs) }).catch((error: unknown) => {
      throw new Error(`${url.href} could not be read.`, { cause: error });
    });
    // A bucket that may not be listed answers 403 for what does not exist.
    if (response.status === 404 || response.status === 403) return undefined;
    if (!response.ok) throw new Error(`${url.href} answered ${response.status} ${response.statusText}.`);
    return response.json();
  };

const fromFolder =
  (folder: string): ReadJson =>
  async (path) => {
    const file = join(folder, path);
    return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : undefined;
  };
