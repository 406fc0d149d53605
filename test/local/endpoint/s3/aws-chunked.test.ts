import { expect, it } from "vitest";
import { decodeAwsChunked } from "../../../../local/endpoint/s3/aws-chunked.ts";

it("joins the chunks and leaves signatures and checksums out", () => {
  const body = "4;chunk-signature=ab\r\none \r\n3\r\ntwo\r\n0\r\nx-amz-checksum-crc32:o6a/Qw==\r\n\r\n";
  expect(decodeAwsChunked(Buffer.from(body)).toString()).toBe("one two");
});

it("takes an empty body", () => {
  expect(decodeAwsChunked(Buffer.from("0\r\n\r\n"))).toHaveLength(0);
});

it.each(["5\r\nab", "zz\r\nab\r\n0\r\n\r\n", "2\r\nab\r\n"])("refuses a body that is cut short: %j", (body) => {
  expect(() => decodeAwsChunked(Buffer.from(body))).toThrow("ends before its last chunk");
});
