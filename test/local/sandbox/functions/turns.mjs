import { availableParallelism } from "node:os";
import { setTimeout as delay } from "node:timers/promises";

/** Computes or waits, and says from when to when, and on how many cores it may run. */
export const handler = async ({ act, ms }) => {
  const from = Date.now();
  if (act === "wait") await delay(ms);
  else while (Date.now() - from < ms);
  return { from, to: Date.now(), cores: availableParallelism() };
};
