import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative } from "node:path";

/** Folders that are no code of the function's, or that its lock file stands for. */
const skipped = new Set(["node_modules", ".git", "__pycache__", ".lambda-tuner"]);

/**
 * SHA-256 over a file, or over the names and contents of all files in a folder, in base64.
 *
 * The order is that of the names, so that the same code has the same hash on every machine.
 */
export const codeSha256 = (path: string): string => {
  const hash = createHash("sha256");
  for (const file of filesOf(path)) hash.update(`${relative(path, file)}\0`).update(readFileSync(file));
  return hash.digest("base64");
};

const filesOf = (path: string): string[] => {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path, { withFileTypes: true })
    .filter((entry) => !skipped.has(entry.name))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const inner = join(path, entry.name);
      if (entry.isDirectory()) return filesOf(inner);
      return entry.isFile() ? [inner] : [];
    });
};
