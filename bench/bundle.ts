import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { gzipSync } from "node:zlib";
import { bundleFunctions } from "../infra/bundling/bundle-functions.ts";
import { type FunctionName, functionNames } from "../infra/functions/function-names.ts";

/** What a function weighs as it is deployed, and how long a fresh process takes to import it. */
interface BundleFigures {
  readonly name: FunctionName;
  readonly bytes: number;
  readonly gzipBytes: number;
  /** Median and extremes of importing it, each time in a process of its own. */
  readonly importMs: { readonly median: number; readonly min: number; readonly max: number };
}

const { values } = parseArgs({
  options: { json: { type: "boolean", default: false }, repeats: { type: "string", default: "5" } },
});
const repeats = Math.max(1, Number(values.repeats));

const folder = mkdtempSync(join(tmpdir(), "lambda-tuner-bundles-"));
try {
  await bundleFunctions(folder);
  const bundles = functionNames.map((name) => figuresOf(name, join(folder, name, "index.mjs")));
  const largest = Math.max(...bundles.map(({ bytes }) => bytes));
  const result = { node: process.versions.node, repeats, largestBytes: largest, bundles };
  process.stdout.write(values.json ? `${JSON.stringify(result)}\n` : table(bundles));
} finally {
  rmSync(folder, { recursive: true });
}

function figuresOf(name: FunctionName, file: string): BundleFigures {
  const code = readFileSync(file);
  const times = Array.from({ length: repeats }, () => importMs(file)).sort((a, b) => a - b);
  return {
    name,
    bytes: code.length,
    gzipBytes: gzipSync(code, { level: 9 }).length,
    importMs: {
      median: times[Math.floor(times.length / 2)] ?? Number.NaN,
      min: times[0] ?? Number.NaN,
      max: times.at(-1) ?? Number.NaN,
    },
  };
}

/** Milliseconds, to the tenth. */
function importMs(file: string): number {
  const script = `
    const startedAt = performance.now();
    await import(${JSON.stringify(pathToFileURL(file).href)});
    process.stdout.write(String(performance.now() - startedAt));
  `;
  const measured = execFileSync(process.execPath, ["--input-type=module", "-e", script], { encoding: "utf8" });
  return Math.round(Number(measured) * 10) / 10;
}

function table(bundles: readonly BundleFigures[]): string {
  const rows = bundles.map(({ name, bytes, gzipBytes, importMs: time }) =>
    [name, `${(bytes / 1000).toFixed(0)} kB`, `${(gzipBytes / 1000).toFixed(0)} kB`, `${time.median.toFixed(1)} ms`]
      .map((cell, index) => (index === 0 ? cell.padEnd(12) : cell.padStart(10)))
      .join(""),
  );
  return `${"bundle".padEnd(12)}${"minified".padStart(10)}${"gzipped".padStart(10)}${"import".padStart(10)}\n${rows.join("\n")}\n`;
}
