import { spawn, spawnSync } from "node:child_process";
import { join, resolve } from "node:path";
import { text } from "node:stream/consumers";
import { onTestFinished } from "vitest";

const main = resolve(import.meta.dirname, "../../cli/main.ts");
const harness = join(import.meta.dirname, "terminal.py");

/** Whether this machine can give a process a terminal: Node.js cannot by itself, Python can. */
export const hasTerminals = spawnSync("python3", ["-c", "import pty"]).status === 0;

/** What a person types once something is on the screen. */
export type Step = readonly [shown: string, typed: string];

/** Runs the real command line on a terminal, with a person who types. */
export const runOnTerminal = async (
  args: readonly string[],
  steps: readonly Step[],
  { cwd, env }: { readonly cwd: string; readonly env: Readonly<Record<string, string>> },
): Promise<{ readonly code: number; readonly screen: string }> => {
  const child = spawn("python3", [harness], { stdio: ["pipe", "pipe", "inherit"] });
  onTestFinished(() => void child.kill("SIGKILL"));
  child.stdin.end(
    JSON.stringify({
      command: [process.execPath, main, ...args],
      cwd,
      env: { PATH: process.env["PATH"], TERM: "xterm", ...env },
      steps,
    }),
  );
  const answer: { readonly code: number; readonly screen: string } = JSON.parse(await text(child.stdout));
  return answer;
};
