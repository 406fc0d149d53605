import { readdirSync, readFileSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";

/**
 * Kills processes that left their group and lost their parent, found by what they inherited: a text that only the
 * environment variables of this one execution environment hold.
 *
 * Needed where no control group knows them. Linux alone shows the variables of other processes.
 */
export const killStrays = async (marker: string): Promise<void> => {
  // A stray may fork while it is being killed, so look until none is left.
  for (let attempt = 0; attempt < 20; attempt++) {
    const strays = processIds().filter((id) => environmentOf(id).includes(marker));
    if (strays.length === 0) return;
    for (const id of strays) kill(id);
    await delay(2);
  }
};

const processIds = (): readonly number[] => {
  try {
    return readdirSync("/proc")
      .filter((name) => /^\d+$/.test(name))
      .map(Number);
  } catch {
    return [];
  }
};

const environmentOf = (id: number): Buffer => {
  try {
    return readFileSync(`/proc/${id}/environ`);
  } catch {
    return Buffer.alloc(0);
  }
};

const kill = (id: number): void => {
  try {
    process.kill(id, "SIGKILL");
  } catch {
    // It ended on its own in the meantime.
  }
};
