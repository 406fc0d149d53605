import { createHash } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";

/** Signs a batch of orders and waits for a database: half of it computes, half of it waits. */
export const handler = async ({ orders }) => {
  let digest = "";
  for (let order = 0; order < orders; order += 1) {
    digest = createHash("sha256")
      .update(digest.padEnd(65_536, String(order)))
      .digest("hex");
  }
  await sleep(30);
  return { digest };
};
