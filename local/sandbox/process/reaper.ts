import { type ChildProcess, spawn } from "node:child_process";

/**
 * Kills what is left of our environments when this process is gone, however it went: even `kill -9` closes the pipe on
 * which the reaper waits.
 *
 * A shell script, because it must start in a few milliseconds and live in a process of its own, in a session of its own,
 * so that a Ctrl-C meant for us does not take it first.
 */
export class Reaper {
  readonly #script: ChildProcess;

  /**
   * @param folders - Control groups whose members must die, each with one subfolder an environment.
   * @param marker - Text in the environment variables of every process that must die, for those who left their group.
   */
  constructor(folders: readonly string[], marker: string) {
    this.#script = spawn("/bin/sh", ["-c", reaperScript, "lambda-tuner-reaper", marker, ...folders], {
      detached: true,
      stdio: ["pipe", "ignore", "ignore"],
      cwd: "/",
    });
    // A reaper that could not start or was killed leaves the other protection: environments end when their API does.
    this.#script.on("error", () => {});
    this.#script.stdin?.on("error", () => {});
    this.#script.unref();
    if (this.#script.stdin !== null && "unref" in this.#script.stdin) (this.#script.stdin as UnrefStream).unref();
  }

  /** Starts to watch a process group. Call it before the group can do anything. */
  watch(groupId: number): void {
    this.#script.stdin?.write(`add ${groupId}\n`);
  }

  /** Forgets a group that has ended, before its id can be used again. */
  forget(groupId: number): void {
    this.#script.stdin?.write(`drop ${groupId}\n`);
  }

  /** Lets the reaper go; it kills what it still watches. */
  close(): void {
    this.#script.stdin?.end();
  }
}

interface UnrefStream {
  unref(): void;
}

// The grep finds processes that called setsid() and lost their parent; it is Linux alone that shows environments so.
const reaperScript = `
trap '' HUP INT QUIT TERM
marker=$1
shift
groups=' '
while read -r verb group; do
  case $verb in
    add) groups="$groups$group " ;;
    drop) case $groups in *" $group "*) groups="\${groups%% $group *} \${groups#* $group }" ;; esac ;;
  esac
done
for group in $groups; do kill -9 "-$group"; done
tries=0
while [ $tries -lt 40 ]; do
  left=0
  for folder in "$@"; do
    for procs in "$folder"/*/cgroup.procs "$folder"/cgroup.procs; do
      [ -f "$procs" ] || continue
      while read -r pid; do kill -9 "$pid"; done <"$procs"
    done
    for child in "$folder"/*/; do [ -d "$child" ] && rmdir "$child"; done
    [ -d "$folder" ] && { rmdir "$folder" || left=1; }
  done
  for found in $(grep -lsF -- "$marker" /proc/[0-9]*/environ); do
    pid=\${found#/proc/}
    kill -9 "\${pid%/environ}" && left=1
  done
  [ $left -eq 0 ] && break
  tries=$((tries + 1))
  sleep 0.05
done
`;
