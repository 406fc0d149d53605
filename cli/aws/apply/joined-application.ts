import type { Applied } from "../../../core/report/schema.ts";

/** What `apply` has set of a report by now, and all that undoes it: an earlier application is not forgotten. */
export const joinedApplication = (earlier: Applied | undefined, applied: Applied): Applied => {
  if (earlier === undefined) return applied;
  if (applied.alias === undefined) {
    const { version, alias } = earlier;
    const behind = alias === undefined ? {} : { version, alias };
    return { ...earlier, ...applied, ...behind, undo: { ...earlier.undo, ...applied.undo } };
  }
  const { aliasVersion, ...settings } = earlier.undo;
  const known = applied.alias === earlier.alias && aliasVersion !== undefined ? { aliasVersion } : {};
  return { ...earlier, ...applied, undo: { ...settings, ...known, ...applied.undo } };
};
