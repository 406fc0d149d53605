import { existsSync } from "node:fs";
import { parseArgs } from "node:util";
import { benchmarkSampling } from "./sampling/benchmark.ts";
import { methodNames } from "./sampling/methods/method-by-name.ts";
import { renderTable } from "./sampling/render-table.ts";

const { values } = parseArgs({
  options: {
    json: { type: "boolean", default: false },
    population: { type: "string" },
    repeats: { type: "string", default: "5" },
    seed: { type: "string", default: "1" },
    methods: { type: "string", default: "adaptive,fixed-grid-10,fixed-grid-50,fixed-grid-100,successive-halving" },
    limit: { type: "string" },
    half: { type: "string" },
  },
});

const wholeNumbers = { repeats: 1, seed: 0, limit: 1 } as const;
for (const [option, least] of Object.entries(wholeNumbers)) {
  const value = values[option as keyof typeof wholeNumbers];
  if (value === undefined || (/^\d+$/.test(value) && Number(value) >= least)) continue;
  fail(`--${option}: expected a whole number of ${least} or more, got ${value}.`);
}
const { half } = values;
if (half !== undefined && half !== "tuned" && half !== "held-out") {
  fail(`--half: expected tuned or held-out, got ${half}.`);
}
const methods = values.methods.split(",");
const unknown = methods.filter((name) => !methodNames.includes(name));
if (unknown.length > 0) fail(`--methods: expected some of ${methodNames.join(", ")}, got ${unknown.join(", ")}.`);
if (values.population !== undefined && !existsSync(values.population)) {
  fail(`--population: expected a file of curves or samples, one JSON object a line; there is no ${values.population}.`);
}

const report = benchmarkSampling({
  ...(values.population === undefined ? {} : { population: values.population }),
  repeats: Number(values.repeats),
  seed: Number(values.seed),
  methods,
  ...(values.limit === undefined ? {} : { limit: Number(values.limit) }),
  ...(half === undefined ? {} : { half }),
});
process.stdout.write(values.json ? `${JSON.stringify(report)}\n` : renderTable(report));

function fail(message: string): never {
  process.stderr.write(`${message}\n`);
  process.exit(2);
}
