import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Code } from "aws-cdk-lib/aws-lambda";
import type { Construct } from "constructs";
import type { FunctionName } from "./function-names.ts";

/**
 * Where a function's code comes from.
 *
 * @param scope - The construct that uses it.
 */
export type FunctionCode = (name: FunctionName, scope: Construct) => Code;

/** The bundles that the package brings. */
export const bundledCode: FunctionCode = (name, scope) => bundledCodeIn(bundlesFolder())(name, scope);

/**
 * Bundles in a folder, one sub-folder a function.
 *
 * @throws RangeError when there is no bundle of that function.
 */
export const bundledCodeIn =
  (folder: string): FunctionCode =>
  (name) => {
    const bundle = join(folder, name);
    if (existsSync(bundle)) return Code.fromAsset(bundle);
    throw new RangeError(`Expected the bundle of ${name} in ${bundle}. Make it with "npm run build".`);
  };

/** The same folder, whether this file runs as compiled (in `dist/infra/`) or from its source (in `infra/`). */
const bundlesFolder = (): string => {
  const compiled = fileURLToPath(new URL("../../functions-bundled", import.meta.url));
  return existsSync(compiled) ? compiled : fileURLToPath(new URL("../../dist/functions-bundled", import.meta.url));
};
