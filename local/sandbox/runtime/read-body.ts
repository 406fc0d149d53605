import type { IncomingMessage } from "node:http";

/** The largest response that Lambda passes on, in bytes. */
export const responseLimitBytes = 6_291_556;

/** Reads a request to its end, but keeps no more than one byte above what Lambda would pass on. */
export const readBody = async (request: IncomingMessage): Promise<Uint8Array> => {
  const chunks: Buffer[] = [];
  let kept = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    if (kept > responseLimitBytes) continue;
    chunks.push(chunk);
    kept += chunk.byteLength;
  }
  return chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks);
};
