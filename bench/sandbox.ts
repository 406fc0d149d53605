import { parseArgs } from "node:util";
import { benchmarkSandbox } from "./sandbox/benchmark.ts";
import { renderTable } from "./sandbox/render-table.ts";

const { values } = parseArgs({
  options: {
    json: { type: "boolean", default: false },
    backend: { type: "string" },
    repeats: { type: "string", default: "10" },
  },
});

const { backend } = values;
const isBackend = backend === "cgroup-v1" || backend === "cgroup-v2" || backend === "duty-cycle";
if (backend !== undefined && !isBackend) {
  process.stderr.write(`--backend: expected cgroup-v2, cgroup-v1 or duty-cycle, got ${backend}.\n`);
  process.exit(2);
}

const report = await benchmarkSandbox({
  repeats: Number(values.repeats),
  ...(isBackend ? { backend } : {}),
});
process.stdout.write(values.json ? `${JSON.stringify(report)}\n` : renderTable(report));
