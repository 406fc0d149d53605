import type { RunVersion } from "../../core/run/run-state.ts";
import type { Warning } from "../../core/warning.ts";
import type { EngineFacts } from "../engine-facts.ts";

/** Share of the duration from which on it can change a recommendation: half the interval of a well measured size. */
const noticeableShare = 0.05;

/**
 * Cores that others must use before they are to blame: a quiet desktop uses less, and so does the kernel when it starts and
 * ends environments. Short functions always wait a little.
 */
const noticeableCores = 0.5;

/** Whether other programs on the machine have spoilt the durations of a run: of embedded engines that run code. */
export const busyMachine = (
  { versions }: { readonly versions: readonly RunVersion[] },
  { contention }: EngineFacts,
): Warning[] => {
  const found = versions.flatMap(({ memorySizeMb, version }) =>
    (contention ?? []).filter((entry) => entry.version === version).map((entry) => ({ ...entry, memorySizeMb })),
  );
  const machineCores = found[0]?.machineCores;
  if (machineCores === undefined) return [];
  const othersCores = Math.min(machineCores, coresOfOthers(found));
  if (othersCores < noticeableCores) return [];
  const sizes = found
    // What is lost to others cannot be more than they used.
    .map(({ memorySizeMb, lostMs, elapsedMs }) => ({
      memorySizeMb,
      lostShare: Math.min(lostMs / elapsedMs, othersCores),
    }))
    .filter(({ lostShare }) => lostShare >= noticeableShare)
    .toSorted((a, b) => a.memorySizeMb - b.memorySizeMb);
  return sizes.length === 0 ? [] : [{ kind: "machine-busy", sizes, othersCores, machineCores }];
};

/** On average, from before the first invocation until after the last: single ones are too short to tell. */
const coresOfOthers = (found: readonly NonNullable<EngineFacts["contention"]>[number][]): number => {
  const first = found.map(({ from }) => from).toSorted((a, b) => a.atMs - b.atMs)[0];
  const last = found.map(({ to }) => to).toSorted((a, b) => b.atMs - a.atMs)[0];
  if (first === undefined || last === undefined || last.atMs <= first.atMs) return 0;
  return (last.othersMs - first.othersMs) / (last.atMs - first.atMs);
};
