import { readFile } from "node:fs/promises";
import { InvalidRequestError } from "../../core/errors/invalid-request-error.ts";

/**
 * Reads a file that holds one JSON document.
 *
 * @param subject - What to call it in the error.
 * @throws {@link InvalidRequestError} when it cannot be read, or is not JSON.
 */
export const readJsonFile = async (path: string, subject: string): Promise<unknown> => {
  const text = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    throw new InvalidRequestError(
      [
        error.code === "ENOENT"
          ? "expected a file there, found none. Check the path."
          : `expected a readable file, got ${error.code ?? error.message}. Check its permissions.`,
      ],
      subject,
    );
  });
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new InvalidRequestError(
      [`expected JSON, got a syntax error (${error instanceof Error ? error.message : String(error)}).`],
      subject,
    );
  }
};
