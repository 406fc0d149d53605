import { readdirSync, readFileSync } from "node:fs";

/** A process and all that descend from it, as far as the system tells: Linux does, elsewhere it is the process alone. */
export const descendantsOf = (id: number): readonly number[] => {
  const found = [id];
  // The list grows while it is walked.
  for (const next of found) found.push(...childrenOf(next));
  return found;
};

const childrenOf = (id: number): number[] => {
  try {
    return readdirSync(`/proc/${id}/task`).flatMap((thread) =>
      readFileSync(`/proc/${id}/task/${thread}/children`, "utf8").split(" ").filter(Boolean).map(Number),
    );
  } catch {
    return [];
  }
};
