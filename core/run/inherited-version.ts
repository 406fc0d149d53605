import { formatMemory } from "../report/format-memory.ts";

/** A version that somebody else published while `$LATEST` had a trial size of a run: theirs, with the run's memory. */
export interface InheritedVersion {
  readonly version: string;
  /** The trial size, in MB. */
  readonly memorySizeMb: number;
}

/**
 * What to know of such versions, and what to do about them. The run leaves them alone: aliases may point to them.
 *
 * @param versions - One or more.
 * @param originalMb - What `$LATEST` has without the run, in MB.
 * @throws RangeError without a version.
 *
 * @example
 * ```ts
 * describeInherited([{ version: "7", memorySizeMb: 128 }], 1024); // => "Version 7 was published by someone else during the run and has a trial size, 128 MB: publish again from $LATEST, which has 1024 MB, and move aliases off it."
 * ```
 */
export const describeInherited = (versions: readonly InheritedVersion[], originalMb: number): string => {
  const [first, ...others] = versions;
  if (first === undefined) throw new RangeError("Expected a version at least.");
  const next = `publish again from $LATEST, which has ${formatMemory(originalMb)}, and move aliases off`;
  if (others.length === 0) {
    return `Version ${first.version} was published by someone else during the run and has a trial size, ${formatMemory(first.memorySizeMb)}: ${next} it.`;
  }
  const each = versions.map(({ version, memorySizeMb }) => `${version} (${formatMemory(memorySizeMb)})`).join(", ");
  return `Versions ${each} were published by someone else during the run and have trial sizes: ${next} them.`;
};
