import { readFile } from "node:fs/promises";
import { dirname, extname, sep } from "node:path";
import { pathToFileURL } from "node:url";
import type { Loader, Plugin } from "esbuild";

/** Variables that stand for a source's own place; esbuild puts them where `import.meta.url` and the like were. */
export const ownLocationNames = {
  url: "lambdaTunerUrl",
  folder: "lambdaTunerFolder",
  file: "lambdaTunerFile",
} as const;

/** Leaves what comes from node_modules to be loaded at run time; paths of the tsconfig and linked sources are bundled. */
export const packagesOutside: Plugin = {
  name: "packages-outside",
  setup: (building) => {
    building.onResolve({ filter: /^[^./]/ }, async ({ path, kind, importer, resolveDir, pluginData }) => {
      if (pluginData === asked || kind === "entry-point") return undefined;
      const found = await building.resolve(path, { kind, importer, resolveDir, pluginData: asked });
      // What cannot be found now may still fail, or not, where the function runs: the runtime reports it then.
      const isOutside = found.external || found.errors.length > 0 || found.path.includes(`${sep}node_modules${sep}`);
      return isOutside ? { path, external: true } : found;
    });
  },
};

/** Marks the questions that the plugin asks itself. */
const asked = Symbol("asked");

/** Gives each source that asks where it is the answer it would have without a bundle. */
export const ownLocation: Plugin = {
  name: "own-location",
  setup: (building) => {
    building.onLoad({ filter: /\.[mc]?[jt]sx?$/, namespace: "file" }, async ({ path }) => {
      const source = await readFile(path, "utf8");
      if (!/import\.meta|__dirname|__filename/.test(source)) return undefined;
      const values = {
        [ownLocationNames.url]: pathToFileURL(path).href,
        [ownLocationNames.folder]: dirname(path),
        [ownLocationNames.file]: path,
      };
      const declarations = Object.entries(values).map(([name, value]) => `${name} = ${JSON.stringify(value)}`);
      // On the first line, so that line numbers stay what they are.
      return { contents: `const ${declarations.join(", ")};${source}`, loader: loaderOf(path) };
    });
  },
};

const loaderOf = (path: string): Loader => {
  const extension = extname(path).replace(/^\.[mc]?/, "");
  return extension === "ts" || extension === "tsx" || extension === "jsx" ? extension : "js";
};
