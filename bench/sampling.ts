import { parseArgs } from "node:util";
import { benchmarkSampling } from "./sampling/benchmark.ts";
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

const report = benchmarkSampling({
  ...(values.population === undefined ? {} : { population: values.population }),
  repeats: Number(values.repeats),
  seed: Number(values.seed),
  methods: values.methods.split(","),
  ...(values.limit === undefined ? {} : { limit: Number(values.limit) }),
  ...(values.half === "tuned" || values.half === "held-out" ? { half: values.half } : {}),
});
process.stdout.write(values.json ? `${JSON.stringify(report)}\n` : renderTable(report));
