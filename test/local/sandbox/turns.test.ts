import { spawnSync } from "node:child_process";
import { availableParallelism } from "node:os";
import { expect, it } from "vitest";
import { answerOf, functionFile, type Sandboxed, sandboxed } from "./support/sandboxed.ts";

interface Turn {
  readonly from: number;
  readonly to: number;
  readonly cores: number;
}

const sizesMb = [512, 1024, 1769];

/** One event at each size at the same time, every size with a version of its own. */
const together = async ({ invoke }: Sandboxed, event: object): Promise<Turn[]> => {
  const results = await Promise.all(
    sizesMb.map((memorySizeMb) => invoke(event, { version: String(memorySizeMb), memorySizeMb })),
  );
  return results.map((result) => answerOf(result) as Turn).sort((a, b) => a.from - b.from);
};

it("lets sizes that compute take turns, from their first event on", async () => {
  const sandbox = await sandboxed(functionFile("turns.mjs"));
  for (let time = 0; time < 2; time++) {
    const [first, second, third] = await together(sandbox, { act: "compute", ms: 60 });
    expect(second?.from).toBeGreaterThanOrEqual(first?.to ?? 0);
    expect(third?.from).toBeGreaterThanOrEqual(second?.to ?? 0);
  }
});

// Elsewhere the system does not tell who waits.
it.skipIf(process.platform !== "linux")("lets sizes that wait do so side by side", async () => {
  const sandbox = await sandboxed(functionFile("turns.mjs"));
  // By then all have started up, and were seen to wait.
  for (let time = 0; time < 3; time++) await together(sandbox, { act: "wait", ms: 400 });
  const turns = await together(sandbox, { act: "wait", ms: 1000 });
  expect(turns[2]?.from).toBeLessThan(turns[0]?.to ?? 0);
});

it.skipIf(process.platform !== "linux")("starts up others while one waits that has only begun", async () => {
  const { invoke } = await sandboxed(functionFile("turns.mjs"));
  const [long, short] = await Promise.all([
    invoke({ act: "wait", ms: 4000 }, { version: "long" }).then((result) => answerOf(result) as Turn),
    invoke({ act: "wait", ms: 0 }, { version: "short" }).then((result) => answerOf(result) as Turn),
  ]);
  // Whichever came first.
  expect(short.to).toBeLessThan(long.to);
});

const canBind = spawnSync("taskset", ["-pc", String(process.pid)], { stdio: "ignore" }).status === 0;

it.skipIf(availableParallelism() < 2 || !canBind)(
  "keeps sizes of up to one vCPU on one core, and gives larger ones all",
  async () => {
    const { invoke } = await sandboxed(functionFile("turns.mjs"));
    const coresAt = async (memorySizeMb: number): Promise<unknown> => {
      const version = String(memorySizeMb);
      return (answerOf(await invoke({ act: "wait", ms: 0 }, { version, memorySizeMb })) as Turn).cores;
    };
    expect([await coresAt(1769), await coresAt(1770)]).toEqual([1, availableParallelism()]);
  },
);
