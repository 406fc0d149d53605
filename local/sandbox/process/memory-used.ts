import { readFileSync } from "node:fs";

/**
 * The most memory that living processes have held at one time each, added up, in MB.
 *
 * The high-water mark of resident memory, not of the control group: that one counts cached files, which Lambda does not.
 *
 * @returns `undefined` where it cannot be read: all processes have ended, or this is not Linux.
 */
export const peakMemoryMb = (processIds: readonly number[]): number | undefined => sumStatus(processIds, "VmHWM");

/** The memory that living processes hold now, added up, in MB; `undefined` where it cannot be read. */
export const currentMemoryMb = (processIds: readonly number[]): number | undefined => sumStatus(processIds, "VmRSS");

const sumStatus = (processIds: readonly number[], field: string): number | undefined => {
  const sizes = processIds.flatMap((id) => statusKb(id, field) ?? []);
  return sizes.length === 0 ? undefined : sizes.reduce((sum, size) => sum + size, 0) / 1024;
};

const statusKb = (id: number, field: string): number | undefined => {
  try {
    const status = readFileSync(`/proc/${id}/status`, "utf8");
    const at = status.indexOf(`${field}:`);
    return at === -1 ? undefined : Number.parseInt(status.slice(at + field.length + 1), 10);
  } catch {
    return undefined;
  }
};
