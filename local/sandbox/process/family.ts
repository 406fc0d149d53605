import { readFileSync } from "node:fs";

/** Whether a process is this one, one that led to it, or one that it led to. Linux only; `false` elsewhere. */
export const isFamily = (id: number): boolean => ancestors(process.pid).has(id) || ancestors(id).has(process.pid);

/** A process and its parents up to the first. */
const ancestors = (id: number): ReadonlySet<number> => {
  const found = new Set<number>();
  for (let next: number | undefined = id; next !== undefined && next > 0 && !found.has(next); next = parentOf(next)) {
    found.add(next);
  }
  return found;
};

const parentOf = (id: number): number | undefined => {
  try {
    const stat = readFileSync(`/proc/${id}/stat`, "utf8");
    return Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]);
  } catch {
    return undefined;
  }
};
