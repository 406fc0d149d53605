import { type ChildProcess, spawn } from "node:child_process";

export interface Launched {
  readonly process: ChildProcess;
  /** Lets the command start. Until then the process waits, and it ends if we die first. */
  release(): void;
}

/**
 * Starts a command in a session of its own, but lets it wait until it is under its limits and under watch.
 *
 * A process that is limited after it has started would have run free for a while, and one that is watched after it has
 * started could outlive us. So a shell takes the place of the command, goes to its core, joins the groups, waits for a line,
 * and then becomes the command. Its two outputs are one stream: that keeps the order in which a function wrote them.
 */
export const launch = (
  command: readonly string[],
  options: {
    readonly folder: string;
    readonly environment: Readonly<Record<string, string>>;
    readonly joinFiles: readonly string[];
    /** The core that it and all its children run on; absent: any. */
    readonly core?: number;
  },
): Launched => {
  const { core, joinFiles } = options;
  const limits = [core === undefined ? "" : String(core), ...joinFiles, "--"];
  const child = spawn("/bin/sh", ["-c", launcherScript, "lambda-tuner", ...limits, ...command], {
    cwd: options.folder,
    env: { ...options.environment },
    detached: true,
    stdio: ["pipe", "pipe", "ignore"],
  });
  child.stdin?.on("error", () => {});
  return { process: child, release: () => child.stdin?.end("go\n") };
};

const launcherScript = `
[ -z "$1" ] || taskset -pc "$1" $$ >/dev/null 2>&1
shift
while [ "$1" != -- ]; do
  echo $$ >"$1" || exit 125
  shift
done
shift
read -r go || exit 0
exec "$@" </dev/null 2>&1
`;
