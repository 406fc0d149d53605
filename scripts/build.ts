import { rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { writeAssembly } from "../infra/app.ts";
import { bundleFunctions } from "../infra/bundling/bundle-functions.ts";
import { bundledCodeIn } from "../infra/functions/function-code.ts";
import { writePlainTemplate } from "../infra/plain-template.ts";
import { compile } from "./build/compile.ts";
import { copyAssets } from "./build/copy-assets.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const dist = join(root, "dist");
const bundles = join(dist, "functions-bundled");

const step = async (title: string, run: () => void | Promise<void>): Promise<void> => {
  const startedAt = performance.now();
  await run();
  process.stderr.write(`${title} (${((performance.now() - startedAt) / 1000).toFixed(1)} s)\n`);
};

rmSync(dist, { recursive: true, force: true });
await step("compiled dist/", () => compile(root));
await step("copied what is not TypeScript", () => copyAssets(root));
await step("bundled the functions", () => bundleFunctions(bundles));
await step("wrote the cloud assembly", () => writeAssembly(join(dist, "cloud-assembly"), bundledCodeIn(bundles)));
await step("wrote the CloudFormation template", () => writePlainTemplate(join(dist, "cloudformation"), bundles));
