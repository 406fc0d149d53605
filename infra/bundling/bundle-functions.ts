import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build, type BuildOptions } from "esbuild";
import { type FunctionName, functionNames } from "../functions/function-names.ts";
import { treeShaking } from "./tree-shaking.ts";

/**
 * Bundles every function, with the AWS SDK and all else it imports, to `<folder>/<name>/index.mjs`.
 *
 * The SDK is included because the one in the Lambda runtime changes under the function; so the code that is tested is the
 * code that runs. The same sources give the same bytes, so that an unchanged function is not deployed again.
 *
 * @param folder - Where the bundles go, one folder a function.
 * @param sources - Folder of the handlers. Default: `functions/` of this repository.
 */
export const bundleFunctions = async (folder: string, sources = repositoryFunctions): Promise<void> => {
  await Promise.all(functionNames.map((name) => build(bundleOptions(name, folder, sources))));
};

const repositoryFunctions = fileURLToPath(new URL("../../functions", import.meta.url));

/** What is deployed is the handler with its log and metrics; what the embedded engine runs is the handler alone. */
const entryOf = (name: FunctionName, sources: string): string => {
  const readings = `./observability/readings/${name}.ts`;
  const saysSomething = existsSync(join(sources, readings));
  return `
import { handler as run } from "./${name}.ts";
import { observed } from "./observability/observed.ts";
${saysSomething ? `import { readings } from "${readings}";` : ""}
export const handler = observed("${name}", run${saysSomething ? ", readings" : ""});
`;
};

const bundleOptions = (name: FunctionName, folder: string, sources: string): BuildOptions => ({
  stdin: { contents: entryOf(name, sources), resolveDir: sources, sourcefile: `${name}-entry.ts`, loader: "ts" },
  outfile: join(folder, name, "index.mjs"),
  bundle: true,
  plugins: [treeShaking],
  minify: true,
  platform: "node",
  target: "node24",
  format: "esm",
  // ES modules first: they are what esbuild can drop unused code from.
  mainFields: ["module", "main"],
  // CommonJS code inside the bundle calls `require` for Node's own modules.
  banner: { js: 'import{createRequire}from"node:module";const require=createRequire(import.meta.url);' },
  legalComments: "eof",
  logLevel: "warning",
  absWorkingDir: fileURLToPath(new URL("../..", import.meta.url)),
});
