import { StringDecoder } from "node:string_decoder";

/** What is kept of the output of one invocation, in bytes: sixteen times what a log tail shows. */
export const outputLimitBytes = 65_536;

/** Keeps the end of a stream, whatever its length. */
export class OutputTail {
  #chunks: Buffer[] = [];
  #bytes = 0;

  push(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#bytes += chunk.byteLength;
    for (let first = this.#chunks[0]; first !== undefined; first = this.#chunks[0]) {
      if (this.#bytes - first.byteLength < outputLimitBytes) break;
      this.#chunks.shift();
      this.#bytes -= first.byteLength;
    }
  }

  /** Takes what was kept and starts anew. */
  take(): string {
    const all = Buffer.concat(this.#chunks);
    this.#chunks = [];
    this.#bytes = 0;
    return decode(all.subarray(Math.max(0, all.byteLength - outputLimitBytes)));
  }
}

/** Decodes UTF-8 that may begin and end in the middle of a character. */
const decode = (bytes: Buffer): string => {
  let start = 0;
  while (start < 4 && start < bytes.byteLength && ((bytes[start] ?? 0) & 0xc0) === 0x80) start++;
  return new StringDecoder("utf8").write(bytes.subarray(start));
};
