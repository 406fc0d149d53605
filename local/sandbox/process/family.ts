import { readFileSync } from "node:fs";

/**
 * Whether a process belongs to the command that runs us: it led to this process, was started by it, or is of the same
 * session, as the other programs of a pipeline are. Linux only; `false` elsewhere.
 */
export const isFamily = (id: number): boolean =>
  ancestors(process.pid).has(id) ||
  ancestors(id).has(process.pid) ||
  (sessionOf(id) !== undefined && sessionOf(id) === sessionOf(process.pid));

/** A process and its parents up to the first. */
const ancestors = (id: number): ReadonlySet<number> => {
  const found = new Set<number>();
  for (let next: number | undefined = id; next !== undefined && next > 0 && !found.has(next); next = parentOf(next)) {
    found.add(next);
  }
  return found;
};

const parentOf = (id: number): number | undefined => statField(id, 4);

const sessionOf = (id: number): number | undefined => statField(id, 6);

/** A field of `/proc/<id>/stat` by the number that its manual gives it; only those after the name can be read so. */
const statField = (id: number, number: number): number | undefined => {
  try {
    const stat = readFileSync(`/proc/${id}/stat`, "utf8");
    // The name in parentheses may hold spaces and parentheses; the third field comes after it.
    return Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[number - 3]);
  } catch {
    return undefined;
  }
};
