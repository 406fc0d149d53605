import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { median } from "simple-statistics";

/** How long the help of the compiled command line takes, beside Node that does nothing. */
interface StartFigures {
  /** Median wall time of `main.js --help`. */
  readonly helpMs: number;
  /** Median wall time of `node -e 0`. */
  readonly nodeMs: number;
  /** `helpMs` over `nodeMs`. */
  readonly ratio: number;
}

const { values } = parseArgs({
  options: {
    json: { type: "boolean", default: false },
    pairs: { type: "string", default: "15" },
    main: { type: "string", default: fileURLToPath(new URL("../dist/cli/main.js", import.meta.url)) },
  },
});

const pairs = Number(values.pairs);
if (!Number.isInteger(pairs) || pairs < 1) {
  process.stderr.write(`--pairs: expected a whole number of 1 or more, got ${values.pairs}.\n`);
  process.exit(2);
}
if (!existsSync(values.main)) {
  process.stderr.write(`There is no compiled command line at ${values.main}: run npm run build first.\n`);
  process.exit(2);
}

const figures = measureStart(values.main, pairs);
process.stdout.write(values.json ? `${JSON.stringify(figures)}\n` : table(figures));

/** Times both programs in turn, so that a slow moment of the machine is shared by them. */
function measureStart(main: string, wanted: number): StartFigures {
  const timed = Array.from({ length: wanted + 1 }, () => ({
    helpMs: wallMs([main, "--help"]),
    nodeMs: wallMs(["-e", "0"]),
  }));
  // The first pair reads the files from disk.
  const kept = timed.slice(1);
  const helpMs = median(kept.map((pair) => pair.helpMs));
  const nodeMs = median(kept.map((pair) => pair.nodeMs));
  return { helpMs: tenths(helpMs), nodeMs: tenths(nodeMs), ratio: Math.round((100 * helpMs) / nodeMs) / 100 };
}

function wallMs(args: readonly string[]): number {
  const startedAt = performance.now();
  const { status, error, stderr } = spawnSync(process.execPath, args, {
    stdio: ["ignore", "ignore", "pipe"],
    encoding: "utf8",
  });
  const tookMs = performance.now() - startedAt;
  if (status !== 0) throw new Error(`node ${args.join(" ")} failed: ${stderr}`, { cause: error });
  return tookMs;
}

function tenths(ms: number): number {
  return Math.round(10 * ms) / 10;
}

function table({ helpMs, nodeMs, ratio }: StartFigures): string {
  return `lambda-tuner --help  ${helpMs.toFixed(1)} ms\nnode -e 0            ${nodeMs.toFixed(1)} ms\nratio                ${ratio.toFixed(2)}\n`;
}
