import { chmod, realpath, rename, rm, stat, writeFile } from "node:fs/promises";

/**
 * Writes a file completely or not at all: where the disk is full, what was there before stays, and no half of a report
 * is left to be read later.
 */
export const writeWhole = async (file: string, text: string): Promise<void> => {
  const existing = await stat(file).catch(() => undefined);
  // A pipe or a device is written to; it cannot be replaced.
  if (existing !== undefined && !existing.isFile()) return writeFile(file, text);
  // Replaced where it is, not the link that leads to it.
  const place = existing === undefined ? file : await realpath(file);
  const draft = `${place}.${process.pid}.tmp`;
  try {
    await writeFile(draft, text);
    if (existing !== undefined) await chmod(draft, existing.mode);
    await rename(draft, place);
  } catch (error) {
    await rm(draft, { force: true }).catch(() => {});
    throw namingTheFile(error, draft, file);
  }
};

/** The system's own words about the draft, said of the file that was asked for. */
const namingTheFile = (error: unknown, draft: string, file: string): unknown => {
  if (error instanceof Error) error.message = error.message.replaceAll(draft, file);
  return error;
};
