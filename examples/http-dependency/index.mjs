import { once } from "node:events";
import { get } from "node:http";
import { json } from "node:stream/consumers";
import { Worker } from "node:worker_threads";

// Stands for a service somewhere else. Its time is spent waiting, so that it needs next to nothing of our CPU share.
const service = new Worker(new URL("./slow-service.mjs", import.meta.url));
const [port] = await once(service, "message");

/** Asks a slow service and returns what it said: nearly all of it is waiting, so more memory buys nothing. */
export const handler = async ({ orderId }) => {
  const [response] = await once(get(`http://127.0.0.1:${port}/orders/${orderId}`), "response");
  if (response.statusCode !== 200) throw new Error(`The service answered ${response.statusCode}.`);
  return json(response);
};
