import { readFile } from "node:fs/promises";
import { PayloadError } from "../../core/errors/payload-error.ts";
import { readStdin } from "../output/read-stdin.ts";
import type { GivenFlag } from "./request-from-flags.ts";

/**
 * The payload behind `--payload`: JSON itself, `@file`, or `-` for stdin.
 *
 * @throws {@link PayloadError} when it cannot be read or is not JSON.
 */
export const payloadFromFlag = async ({ value, typedAs }: GivenFlag): Promise<unknown> => {
  const given = String(value);
  if (given === "-") return parsed(await readStdin(), `${typedAs} - (stdin)`);
  if (!given.startsWith("@")) return parsed(given, typedAs);
  const file = given.slice(1);
  try {
    return parsed(await readFile(file, "utf8"), `${typedAs} @${file}`);
  } catch (error) {
    if (error instanceof PayloadError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new PayloadError(`${typedAs} @${file} cannot be read: ${reason}. Check the path and its permissions.`, {
      cause: error,
    });
  }
};

const parsed = (text: string, from: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new PayloadError(
      `${from} is not JSON: ${reason}. Give JSON such as '{"id": 1}', @file for a file, or - for stdin.`,
      { cause: error },
    );
  }
};
