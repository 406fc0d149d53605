import { GetObjectCommand } from "@aws-sdk/client-s3";
import { AccessDeniedError } from "../../core/errors/access-denied-error.ts";
import { PayloadError } from "../../core/errors/payload-error.ts";
import { s3Client } from "./clients.ts";
import { isApiError } from "./lambda-errors.ts";

/** Largest object that can hold payloads Lambda would take, in bytes. */
const longestObject = 100 * 1024 * 1024;

/**
 * Reads the text of an S3 object.
 *
 * @param uri - `s3://bucket/key`.
 * @throws {@link PayloadError} when there is no such object; {@link AccessDeniedError}
 */
export const readObject = async (uri: string): Promise<string> => {
  const [, bucket, key] = /^s3:\/\/([^/]+)\/(.+)$/.exec(uri) ?? [];
  try {
    const { Body: body, ContentLength: length = 0 } = await s3Client().send(
      new GetObjectCommand({ Bucket: bucket, Key: key }),
    );
    if (length > longestObject)
      throw new PayloadError(`${uri} has ${length} bytes; expected at most ${longestObject}.`);
    return (await body?.transformToString("utf-8")) ?? "";
  } catch (error) {
    if (error instanceof PayloadError) throw error;
    if (isApiError(error, "AccessDenied", "Forbidden", "403")) {
      throw new AccessDeniedError("s3:GetObject", uri, { cause: error });
    }
    throw new PayloadError(`The payloads at ${uri} could not be read: ${String(error)}`, { cause: error });
  }
};
