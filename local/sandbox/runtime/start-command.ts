import { join } from "node:path";
import type { PreparedTarget } from "./prepare-target.ts";

const bootstraps = join(import.meta.dirname, "..", "bootstrap");

/** The command that starts a target's runtime, with its arguments. */
export const startCommand = (target: PreparedTarget, memorySizeMb: number): readonly string[] => {
  switch (target.runtime) {
    case "nodejs":
      return nodeCommand(target, memorySizeMb);
    case "python":
      // Without -B it would write its compiled modules into the project; in Lambda it cannot, the code is read-only.
      return ["python3", "-B", "-u", join(bootstraps, "python.py"), target.file, target.handlerExport];
    case "provided":
      return [target.file];
  }
};

const nodeCommand = ({ file, bundle, handlerExport }: PreparedTarget, memorySizeMb: number): readonly string[] => [
  process.execPath,
  ...heapFlags(memorySizeMb),
  ...(bundle === undefined ? [] : ["--enable-source-maps"]),
  join(bootstraps, "node.mjs"),
  bundle ?? file,
  handlerExport,
  file,
];

/**
 * The heap limits that Lambda's own Node.js runtime sets: 90 % of memory for old objects, 5 % for each half of the new.
 *
 * They make a function that needs more memory than it has run into the memory limit rather than into V8's, and they set
 * how often the garbage collector runs.
 */
const heapFlags = (memorySizeMb: number): readonly string[] => {
  const newMb = Math.floor(memorySizeMb / 10);
  return [
    "--expose-gc",
    `--max-semi-space-size=${Math.floor(newMb / 2)}`,
    `--max-old-space-size=${memorySizeMb - newMb}`,
    "--max-http-header-size=81920",
  ];
};
