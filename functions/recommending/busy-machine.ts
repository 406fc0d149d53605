import type { RunVersion } from "../../core/run/run-state.ts";
import type { Warning } from "../../core/warning.ts";
import type { EngineFacts } from "../engine-facts.ts";

/** Share of the duration from which on it can change a recommendation: half the interval of a well measured size. */
const noticeableShare = 0.05;

/** Cores that others must use before they are to blame: a quiet desktop uses less, and short functions always wait a little. */
const noticeableCores = 0.2;

/** Whether other programs on the machine have spoilt the durations of a run: of embedded engines that run code. */
export const busyMachine = (
  { versions }: { readonly versions: readonly RunVersion[] },
  { contention }: EngineFacts,
): Warning[] => {
  const found = versions.flatMap(({ memorySizeMb, version }) =>
    (contention ?? []).filter((entry) => entry.version === version).map((entry) => ({ ...entry, memorySizeMb })),
  );
  const sizes = found
    .map(({ memorySizeMb, lostMs, elapsedMs }) => ({ memorySizeMb, lostShare: lostMs / elapsedMs }))
    .filter(({ lostShare }) => lostShare >= noticeableShare)
    .toSorted((a, b) => a.memorySizeMb - b.memorySizeMb);
  const othersCores = sum(found.map(({ othersMs }) => othersMs)) / sum(found.map(({ elapsedMs }) => elapsedMs));
  const machineCores = found[0]?.machineCores;
  if (sizes.length === 0 || machineCores === undefined || othersCores < noticeableCores) return [];
  return [{ kind: "machine-busy", sizes, othersCores: Math.min(othersCores, machineCores), machineCores }];
};

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
