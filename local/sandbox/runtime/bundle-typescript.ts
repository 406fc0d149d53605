import { existsSync, readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, extname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { build, type BuildFailure, type BuildOptions } from "esbuild";
import { InvalidTargetError } from "../../../core/errors/invalid-target-error.ts";
import type { CodeTarget } from "../code-target.ts";
import { ownLocation, ownLocationNames, packagesOutside } from "./bundle-plugins.ts";

export interface Bundle {
  readonly file: string;
  dispose(): Promise<void>;
}

export const isTypeScript = (file: string): boolean => /\.[mc]?tsx?$/.test(file);

/**
 * Makes one JavaScript file of a TypeScript handler and its own sources, in a temporary folder.
 *
 * Packages stay outside and are found from where the source is, so that native ones work. Paths of the tsconfig.json
 * are followed, and every source still sees its own `import.meta.url` and `__dirname`.
 *
 * @throws {@link InvalidTargetError} with the place of the first faults.
 */
export const bundleTypeScript = async (target: CodeTarget): Promise<Bundle> => {
  const folder = await mkdtemp(join(tmpdir(), "lambda-tuner-bundle-"));
  const dispose = async (): Promise<void> => rm(folder, { recursive: true, force: true });
  try {
    const file = isModule(target.file)
      ? await bundle(target, folder, "esm")
      : // Top-level await exists in modules alone: what cannot be CommonJS is tried as a module.
        await bundle(target, folder, "cjs").catch(() => bundle(target, folder, "esm"));
    return { file, dispose };
  } catch (error) {
    await dispose();
    if (error instanceof Error && "syscall" in error) throw error;
    throw new InvalidTargetError(target.file, `TypeScript cannot be bundled. ${bundleFaults(error)}`, { cause: error });
  }
};

/** The first faults of a build, each with its place. */
export const bundleFaults = (error: unknown): string => {
  const faults = (error as Partial<BuildFailure>).errors ?? [];
  const texts = faults
    .slice(0, 3)
    .map(({ text, location }) =>
      location === null ? text : `${location.file}:${location.line}:${location.column + 1}: ${text}`,
    );
  return texts.length === 0 ? String(error) : texts.join("; ");
};

/** Whether Node.js would take the file for a module. As CommonJS, packages without named exports can be imported too. */
const isModule = (file: string): boolean => {
  if (/\.[mc]tsx?$/.test(extname(file))) return extname(file).startsWith(".m");
  for (let folder = dirname(file); ; folder = dirname(folder)) {
    const description = join(folder, "package.json");
    if (existsSync(description)) return /"type"\s*:\s*"module"/.test(readFileSync(description, "utf8"));
    if (dirname(folder) === folder) return false;
  }
};

const bundle = async (target: CodeTarget, folder: string, format: "esm" | "cjs"): Promise<string> => {
  const outfile = join(folder, format === "esm" ? "handler.mjs" : "handler.cjs");
  // Written here: a full disk is no fault of the function's.
  const { outputFiles } = await build({
    ...options,
    ...formats(target)[format],
    entryPoints: [target.file],
    outfile,
    format,
    write: false,
  });
  for (const { path, contents } of outputFiles) await writeFile(path, contents);
  return outfile;
};

const options = {
  bundle: true,
  platform: "node",
  target: "node22",
  sourcemap: "inline",
  keepNames: true,
  logLevel: "silent",
  plugins: [packagesOutside, ownLocation],
  define: {
    "import.meta.url": ownLocationNames.url,
    "import.meta.dirname": ownLocationNames.folder,
    "import.meta.filename": ownLocationNames.file,
    __dirname: ownLocationNames.folder,
    __filename: ownLocationNames.file,
  },
} as const satisfies BuildOptions;

/** In either format, require() looks for packages where the source is; for import, the runtime's bootstrap sees to it. */
const formats = (target: CodeTarget): Record<"esm" | "cjs", BuildOptions> => {
  const source = JSON.stringify(pathToFileURL(target.file).href);
  const esm = `import { createRequire as lambdaTunerRequire } from "node:module"; const require = lambdaTunerRequire(${source});`;
  return {
    esm: { banner: { js: esm } },
    cjs: { banner: { js: `require = require("node:module").createRequire(${source});` } },
  };
};
