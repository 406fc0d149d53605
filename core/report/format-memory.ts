/**
 * A memory setting as AWS writes it: no separators, so that it can be copied into a template.
 *
 * @param mb - MB, 1024 to the GB.
 *
 * @example
 * ```ts
 * formatMemory(1769); // => "1769 MB"
 * ```
 */
export const formatMemory = (mb: number): string => `${mb} MB`;

/**
 * Several memory settings in one phrase.
 *
 * @example
 * ```ts
 * formatMemories([512, 640, 768]); // => "512, 640 and 768 MB"
 * ```
 */
export const formatMemories = (mb: readonly number[]): string =>
  mb.length < 2 ? mb.map(formatMemory).join("") : `${mb.slice(0, -1).join(", ")} and ${formatMemory(mb.at(-1) ?? 0)}`;
