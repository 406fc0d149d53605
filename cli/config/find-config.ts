import { existsSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

const names = ["ts", "mjs", "js", "json"].map((extension) => `lambda-tuner.config.${extension}`);

/**
 * The config file of a target: the first one found walking up from it, or else from the current folder.
 *
 * @param target - A path on this machine; absent for targets that are none.
 */
export const findConfig = (target: string | undefined): string | undefined => {
  const starts = [...(target === undefined ? [] : [folderOf(resolve(target))]), process.cwd()];
  for (const start of starts) {
    const found = walkUp(start);
    if (found !== undefined) return found;
  }
  return undefined;
};

const folderOf = (path: string): string =>
  statSync(path, { throwIfNoEntry: false })?.isDirectory() === true ? path : dirname(path);

const walkUp = (folder: string): string | undefined => {
  const found = names.map((name) => join(folder, name)).find((file) => existsSync(file));
  if (found !== undefined) return found;
  const parent = dirname(folder);
  return parent === folder ? undefined : walkUp(parent);
};
