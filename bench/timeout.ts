import { parseArgs } from "node:util";
import { benchmarkTimeouts } from "./timeout/benchmark.ts";
import { renderTable } from "./timeout/render-table.ts";

const { values } = parseArgs({
  options: {
    json: { type: "boolean", default: false },
    functions: { type: "string", default: "1000" },
    seed: { type: "string", default: "1" },
  },
});

const functions = Number(values.functions);
const seed = Number(values.seed);
if (!Number.isInteger(functions) || functions < 1 || !Number.isInteger(seed) || seed < 0) {
  process.stderr.write(
    `--functions and --seed: expected whole numbers, of 1 and 0 or more, got ${values.functions} and ${values.seed}.\n`,
  );
  process.exit(2);
}

const benchmark = benchmarkTimeouts(functions, seed);
process.stdout.write(values.json ? `${JSON.stringify(benchmark)}\n` : renderTable(benchmark));
