import { fileURLToPath } from "node:url";
import { writeAssembly } from "./app.ts";
import { bundleFunctions } from "./bundling/bundle-functions.ts";
import { bundledCodeIn } from "./functions/function-code.ts";

// `npm run synth`: the cloud assembly of the sources as they are, in `cdk.out/`. Offline.
const outdir = fileURLToPath(new URL("../cdk.out", import.meta.url));
const bundles = fileURLToPath(new URL("../dist/functions-bundled", import.meta.url));

await bundleFunctions(bundles);
writeAssembly(outdir, bundledCodeIn(bundles));
process.stdout.write(`${outdir}\n`);
