import { globSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { requestLimits } from "../core/request/limits.ts";
import { memoryLimitsMb } from "../core/units.ts";
import { benchmarkExamples, sweepSizesMb } from "./examples/benchmark.ts";
import { renderTable } from "./examples/render-table.ts";

const { values } = parseArgs({
  options: {
    json: { type: "boolean", default: false },
    example: { type: "string", multiple: true, default: ["password-hash", "http-dependency", "gzip-and-wait"] },
    seeds: { type: "string", default: "10" },
    invocations: { type: "string", default: "100" },
    sizes: { type: "string", default: sweepSizesMb.join(",") },
  },
});

const seeds = Number(values.seeds);
const invocationsPerSize = Number(values.invocations);
const sizesMb = values.sizes.split(",").map(Number);
// An interval takes two invocations.
if (!isWhole(seeds, 0, 1000) || !isWhole(invocationsPerSize, 2, 1000)) {
  process.stderr.write("--seeds and --invocations: expected whole numbers up to 1000, of 0 and 2 or more.\n");
  process.exit(2);
}
if (
  sizesMb.length > requestLimits.sizes ||
  !sizesMb.every((size) => isWhole(size, memoryLimitsMb.min, memoryLimitsMb.max))
) {
  process.stderr.write(
    `--sizes: expected at most ${requestLimits.sizes} sizes in MB such as 128,256,512, got ${values.sizes}.\n`,
  );
  process.exit(2);
}

const known = globSync("*/lambda-tuner.config.json", {
  cwd: fileURLToPath(new URL("../examples", import.meta.url)),
})
  .map(dirname)
  .sort();
const unknown = values.example.filter((name) => !known.includes(name));
if (unknown.length > 0) {
  process.stderr.write(`--example: expected some of ${known.join(", ")}, got ${unknown.join(", ")}.\n`);
  process.exit(2);
}

const report = await benchmarkExamples({
  examples: values.example,
  seeds,
  invocationsPerSize,
  sizesMb,
  say: (text) => process.stderr.write(`${text}\n`),
});
process.stdout.write(values.json ? `${JSON.stringify(report)}\n` : renderTable(report));

function isWhole(value: number, min: number, max: number): boolean {
  return Number.isInteger(value) && value >= min && value <= max;
}
