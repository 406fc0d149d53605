import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { onTestFinished } from "vitest";

const main = resolve(import.meta.dirname, "../../cli/main.ts");

/** Where the sources are kept as compiled once: the many starts of a test run take half as long. */
const compiledOnce = join(tmpdir(), "lambda-tuner-tests-compiled");

/** Path of a handler in `test/cli/handlers`. */
export const handlerFile = (name: string): string => join(import.meta.dirname, "handlers", name);

/** What a call of the command line left behind. */
export interface CliResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** How a call is made besides its arguments. */
export interface CliOptions {
  /** Default: an empty folder of its own. */
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly stdin?: string;
  /** A file that is open and takes stdout. Default: the result has it. */
  readonly stdout?: number;
  /** The program. Default: the sources of this repository. */
  readonly program?: string;
}

/** A running command line. */
export interface RunningCli {
  readonly pid: number;
  readonly kill: (signal: NodeJS.Signals) => void;
  /** Resolves once stdout or stderr has shown the text. */
  readonly shows: (text: string) => Promise<void>;
  readonly closeStdout: () => void;
  readonly stdoutSoFar: () => string;
  readonly result: Promise<CliResult>;
}

/** An empty folder that is gone after the test. */
export const emptyFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), "cli-test-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
};

/** Starts the real command line as a process of its own. */
export const startCli = (
  args: readonly string[],
  { cwd, env = {}, stdin, stdout, program = main }: CliOptions = {},
): RunningCli => {
  const child = spawn(process.execPath, [program, ...args], {
    cwd: cwd ?? emptyFolder(),
    env: { PATH: process.env["PATH"], HOME: process.env["HOME"], NODE_COMPILE_CACHE: compiledOnce, ...env },
    stdio: ["pipe", stdout ?? "pipe", "pipe"],
  });
  const output = { stdout: "", stderr: "" };
  const watchers = new Set<() => void>();
  for (const name of ["stdout", "stderr"] as const) {
    child[name]?.setEncoding("utf8").on("data", (text: string) => {
      output[name] += text;
      for (const watcher of watchers) watcher();
    });
  }
  child.stdin?.end(stdin ?? "");
  const result = new Promise<CliResult>((resolveResult, reject) => {
    child.once("error", reject);
    child.once("close", (code) => resolveResult({ code, ...output }));
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  return {
    pid: child.pid ?? 0,
    kill: (signal) => void child.kill(signal),
    shows: (text) =>
      new Promise((found, reject) => {
        const look = () => {
          if (output.stdout.includes(text) || output.stderr.includes(text)) found();
        };
        watchers.add(look);
        child.once("close", () => reject(new Error(`It ended without showing "${text}":\n${output.stderr}`)));
        look();
      }),
    closeStdout: () => void child.stdout?.destroy(),
    stdoutSoFar: () => output.stdout,
    result,
  };
};

/** Runs the real command line to its end. */
export const runCli = (args: readonly string[], options?: CliOptions): Promise<CliResult> =>
  startCli(args, options).result;
