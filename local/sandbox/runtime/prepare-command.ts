import { join } from "node:path";
import type { RunnerInvocation } from "../../endpoint/function-runner.ts";
import type { CodeTarget } from "../code-target.ts";
import { bundleTypeScript, isTypeScript } from "./bundle-typescript.ts";

/** How to start a runtime for a target. */
export interface PreparedCommand {
  command(invocation: RunnerInvocation): readonly string[];
  /** Removes what preparing has made. */
  dispose(): Promise<void>;
}

const bootstraps = join(import.meta.dirname, "..", "bootstrap");

/** Makes a target ready to be started any number of times: TypeScript is bundled once, not at every start. */
export const prepareCommand = async (target: CodeTarget): Promise<PreparedCommand> => {
  switch (target.runtime) {
    case "nodejs":
      return prepareNode(target);
    case "python":
      return fixed(["python3", "-u", join(bootstraps, "python.py"), target.file, target.handlerExport]);
    case "provided":
      return fixed([target.file]);
  }
};

const prepareNode = async (target: CodeTarget): Promise<PreparedCommand> => {
  const bundle = isTypeScript(target.file) ? await bundleTypeScript(target) : undefined;
  const flags = bundle === undefined ? [] : ["--enable-source-maps"];
  const handler = [bundle?.file ?? target.file, target.handlerExport, target.file];
  return {
    command: ({ memorySizeMb }) => [
      process.execPath,
      ...heapFlags(memorySizeMb),
      ...flags,
      join(bootstraps, "node.mjs"),
      ...handler,
    ],
    dispose: async () => bundle?.dispose(),
  };
};

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

const fixed = (command: readonly string[]): PreparedCommand => ({ command: () => command, dispose: async () => {} });
