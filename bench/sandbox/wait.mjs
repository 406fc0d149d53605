import { setTimeout as delay } from "node:timers/promises";

/** Waits, as a function does for a slow dependency. */
export const handler = async ({ waitMs }) => {
  await delay(waitMs);
};
