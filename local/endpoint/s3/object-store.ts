import { readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { makeFolder } from "../../make-folder.ts";
import { ApiError } from "../http/api-error.ts";

/** Objects by bucket and key. */
export interface ObjectStore {
  /** @throws {@link ApiError} when the object cannot be stored. */
  put(bucket: string, key: string, body: Buffer, contentType: string): Promise<void>;
  get(bucket: string, key: string): Promise<StoredObject | undefined>;
}

export interface StoredObject {
  readonly body: Buffer;
  readonly contentType: string;
}

/** Objects that end with the process. */
export const memoryObjectStore = (): ObjectStore => {
  const objects = new Map<string, StoredObject>();
  return {
    put: async (bucket, key, body, contentType) => {
      objects.set(`${bucket}/${key}`, { body, contentType });
    },
    get: async (bucket, key) => objects.get(`${bucket}/${key}`),
  };
};

/**
 * Objects as files: `<folder>/<key>`, whatever the bucket. Folders are made as needed.
 *
 * @param folder - Of the host's file system; keys that would leave it are refused.
 */
export const folderObjectStore = (folder: string): ObjectStore => ({
  put: async (_bucket, key, body) => {
    const file = fileOf(folder, key);
    try {
      await makeFolder(dirname(file));
      await writeFile(file, body);
    } catch (error) {
      throw storageError(file, error);
    }
  },
  get: async (_bucket, key) => {
    const body = await readFile(fileOf(folder, key)).catch(() => undefined);
    return body && { body, contentType: key.endsWith(".json") ? "application/json" : "application/octet-stream" };
  },
});

const fileOf = (folder: string, key: string): string => {
  const segments = key.split("/");
  if (segments.some((segment) => segment === ".." || segment === "." || segment === "")) {
    throw new ApiError(400, "InvalidArgument", `The key ${key} cannot be stored as a file.`);
  }
  return join(folder, ...segments);
};

/** A 4xx, so that clients do not try again: a folder without room or permission stays so. */
const storageError = (file: string, cause: unknown): ApiError =>
  new ApiError(
    403,
    "AccessDenied",
    `${file} cannot be written: ${cause instanceof Error ? cause.message : String(cause)}`,
  );
