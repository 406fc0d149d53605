import { readFileSync } from "node:fs";
import type { OnLoadResult, Plugin } from "esbuild";

/**
 * Lets esbuild drop what no function uses.
 *
 * Each rule restates code that esbuild cannot see through in a form that it can, and changes nothing that runs. One that
 * no longer matches a new version of a package leaves its code as it is: larger, and right.
 */
export const treeShaking: Plugin = {
  name: "tree-shaking",
  setup: (build) => {
    build.onLoad({ filter: /\/(core|functions)\/.*\.ts$/ }, ({ path }) => loaded(path, "ts", zodByName));
    build.onLoad({ filter: /\/dist-es\/schemas\/schemas_0\.js$/ }, ({ path }) => loaded(path, "js", unusedSchemas));
    build.onResolve({ filter: /^@aws-sdk\/credential-provider-node$/ }, () => ({
      path: "lambda",
      namespace: "credentials",
    }));
    build.onLoad({ filter: /.*/, namespace: "credentials" }, () => ({
      contents: environmentCredentials,
      resolveDir: import.meta.dirname,
    }));
  },
};

const loaded = (path: string, loader: "ts" | "js", rewrite: (code: string) => string): OnLoadResult => ({
  contents: rewrite(readFileSync(path, "utf8")),
  loader,
});

/** The object `z` holds all of zod with every language of its messages; the module of the same content can be taken apart. */
const zodByName = (code: string): string => code.replace('import { z } from "zod";', 'import * as z from "zod";');

/** The SDK describes every operation of a service in arrays with computed keys, which esbuild takes for side effects. */
const unusedSchemas = (code: string): string =>
  code.replace(/^((?:export )?(?:var|const) \w+\$? = )(\[[^;]*?\]);$/gm, "$1/* @__PURE__ */ (() => $2)();");

/** In Lambda credentials are environment variables: profiles, single sign-on and instance metadata stay behind. */
const environmentCredentials = `
import { fromEnv } from "@aws-sdk/credential-provider-env";
export const defaultProvider = fromEnv;
`;
