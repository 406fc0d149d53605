import { dirname } from "node:path";
import { build, type BuildOptions } from "esbuild";
import { InvalidTargetError } from "../../../core/errors/invalid-target-error.ts";
import { bundleFaults } from "../runtime/bundle-typescript.ts";

/**
 * Names that a JavaScript or TypeScript file exports.
 *
 * @returns `unknown` for CommonJS, whose exports only exist when it runs; the runtime checks them then.
 * @throws {@link InvalidTargetError} when the file, or one that it imports, cannot be parsed or found.
 */
export const exportsOfModule = async (target: string, file: string): Promise<readonly string[] | "unknown"> => {
  try {
    const { metafile } = await build({ ...analysis, entryPoints: [file], absWorkingDir: dirname(file) });
    const [output] = Object.values(metafile.outputs);
    const entry = metafile.inputs[output?.entryPoint ?? ""];
    return output === undefined || entry?.format === "cjs" ? "unknown" : output.exports;
  } catch (error) {
    throw new InvalidTargetError(target, `it cannot be read as a module. ${bundleFaults(error)}`, { cause: error });
  }
};

const analysis = {
  bundle: true,
  packages: "external",
  format: "esm",
  platform: "node",
  target: "node22",
  write: false,
  outdir: "out",
  metafile: true,
  logLevel: "silent",
} as const satisfies BuildOptions;
