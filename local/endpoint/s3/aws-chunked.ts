import { ApiError } from "../http/api-error.ts";

/**
 * Takes the payload out of an `aws-chunked` body, which clients use to send a checksum after a stream.
 *
 * @throws {@link ApiError} `IncompleteBody` when the body ends within a chunk.
 * @see {@link https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html}
 */
export const decodeAwsChunked = (body: Buffer): Buffer => {
  const chunks: Buffer[] = [];
  let offset = 0;
  while (offset < body.length) {
    const lineEnd = body.indexOf("\r\n", offset);
    const size = Number.parseInt(body.toString("latin1", offset, lineEnd), 16);
    const start = lineEnd + 2;
    if (lineEnd < 0 || Number.isNaN(size) || start + size > body.length) break;
    // A chunk of no bytes ends the payload; trailing checksums follow it.
    if (size === 0) return Buffer.concat(chunks);
    chunks.push(body.subarray(start, start + size));
    offset = start + size + 2;
  }
  throw new ApiError(400, "IncompleteBody", "The aws-chunked body ends before its last chunk.");
};
