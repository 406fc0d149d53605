const { gzipSync } = require("node:zlib");
const { setTimeout: delay } = require("node:timers/promises");

/** Compresses a log and hands it on: a part that shrinks with memory and a part that does not. */
exports.handler = async ({ lines }) => {
  const log = Array.from({ length: lines }, (_, line) => `${line} GET /items/${(line * 7919) % 10_007} 200`).join("\n");
  const compressed = gzipSync(log);
  // Stands for the upload.
  await delay(60);
  return { from: log.length, to: compressed.length };
};
