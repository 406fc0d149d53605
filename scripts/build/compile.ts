import { spawnSync } from "node:child_process";
import { chmodSync } from "node:fs";
import { join } from "node:path";

/**
 * Compiles the package's TypeScript to `dist/`, and makes the command executable.
 *
 * Ends the process when something does not compile: `tsc` has said what.
 */
export const compile = (root: string): void => {
  const tsc = join(root, "node_modules", "typescript", "bin", "tsc");
  const { status } = spawnSync(process.execPath, [tsc, "-p", "tsconfig.build.json"], {
    cwd: root,
    stdio: ["ignore", process.stderr, process.stderr],
  });
  if (status !== 0) process.exit(1);
  chmodSync(join(root, "dist", "cli", "main.js"), 0o755);
};
