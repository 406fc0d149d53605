import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { expect, it, onTestFinished, vi } from "vitest";
import { isAlive } from "../support/is-alive.ts";
import { functionFile } from "../support/sandboxed.ts";

const parent = join(import.meta.dirname, "..", "support", "parent.ts");

/** A program with environments that is under way, and the ids of all that it has started. */
const startParent = async (backend: string) => {
  const program = spawn(process.execPath, [parent, functionFile("misbehaving.mjs"), backend], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  onTestFinished(() => void program.kill("SIGKILL"));
  for await (const line of createInterface(program.stdout)) return { program, started: JSON.parse(line) as number[] };
  throw new Error("The program ended before it had started its environments.");
};

const ways = ["SIGKILL", "SIGTERM", "SIGINT", "SIGHUP"] as const;
// Children that left their group are found by control groups or by /proc: other systems have neither.
const isLinux = process.platform === "linux";

it.skipIf(!isLinux).each(ways.flatMap((way) => ["best", "duty-cycle"].map((backend) => ({ way, backend }))))(
  "leaves no process behind when the program ends by $way ($backend)",
  async ({ way, backend }) => {
    const { program, started } = await startParent(backend);
    expect(started.filter(isAlive)).toEqual(started);
    program.kill(way);
    await once(program, "exit");
    await vi.waitFor(() => expect(started.filter(isAlive)).toEqual([]), { timeout: 10_000, interval: 20 });
  },
);
