import { cpSync, globSync } from "node:fs";
import { join, relative } from "node:path";

/** Folders of the package whose files other than TypeScript are read at run time, next to the code that reads them. */
const folders = ["core", "functions", "local", "cli", "infra", "statemachine"] as const;

/** Copies what `tsc` does not: bootstraps of other languages, JSON read as a file, the state machine. Keeps file modes. */
export const copyAssets = (root: string): void => {
  for (const folder of folders) {
    const entries = globSync(`${folder}/**`, {
      cwd: root,
      exclude: ["**/*.ts", "**/__pycache__"],
      withFileTypes: true,
    });
    for (const entry of entries.filter((each) => each.isFile())) {
      const file = join(entry.parentPath, entry.name);
      cpSync(file, join(root, "dist", relative(root, file)));
    }
  }
};
