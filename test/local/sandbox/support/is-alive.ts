import { readFileSync } from "node:fs";

/** Whether a process runs. One that has ended and waits for its parent to notice does not. */
export const isAlive = (id: number): boolean => {
  try {
    process.kill(id, 0);
    return process.platform !== "linux" || !/\) Z /.test(readFileSync(`/proc/${id}/stat`, "utf8"));
  } catch {
    return false;
  }
};
