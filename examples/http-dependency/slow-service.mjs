import { createServer } from "node:http";
import { setTimeout as delay } from "node:timers/promises";
import { parentPort } from "node:worker_threads";

const server = createServer(async (request, response) => {
  await delay(120);
  response.setHeader("content-type", "application/json");
  response.end(JSON.stringify({ path: request.url, status: "shipped" }));
});

server.listen(0, "127.0.0.1", () => parentPort.postMessage(server.address().port));
