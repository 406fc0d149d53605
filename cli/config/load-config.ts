import { readFile } from "node:fs/promises";
import { dirname, extname, relative, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { UsageError } from "../errors/usage-error.ts";
import { isJsonObject, type JsonObject } from "../flags/json-object.ts";

/** A config file as it was read, its values not looked at yet. */
export interface ConfigFile {
  /** Absolute. */
  readonly file: string;
  readonly folder: string;
  /** What to call it in messages: its path from here. */
  readonly name: string;
  readonly document: JsonObject;
}

/**
 * Reads a config file: JSON, or a module whose default export is the config.
 *
 * @throws {@link UsageError} when it cannot be read, does not run, or holds no object.
 */
export const loadConfig = async (path: string): Promise<ConfigFile> => {
  const file = resolve(path);
  const name = relative(process.cwd(), file);
  const document = await (extname(file) === ".json" ? readJson(file, name) : importDefault(file, name));
  if (!isJsonObject(document)) {
    throw new UsageError(`${name} must hold an object with the keys of a request; see: lambda-tuner schema config`);
  }
  return { file, folder: dirname(file), name, document };
};

const readJson = async (file: string, name: string): Promise<unknown> => {
  try {
    return JSON.parse(await readFile(file, "utf8"));
  } catch (error) {
    throw new UsageError(`${name} cannot be read as JSON: ${reasonOf(error)}`, { cause: error });
  }
};

const importDefault = async (file: string, name: string): Promise<unknown> => {
  try {
    const loaded: { default?: unknown } = await import(pathToFileURL(file).href);
    return loaded.default;
  } catch (error) {
    throw new UsageError(`${name} cannot be loaded: ${reasonOf(error)}`, { cause: error });
  }
};

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
