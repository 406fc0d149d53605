import { GetObjectCommand, NoSuchKey, S3Client } from "@aws-sdk/client-s3";
import { UsageError } from "../../errors/usage-error.ts";
import { parseReport, type ReadReport } from "../../reports/parse-report.ts";
import type { AwsSettings } from "../aws-settings.ts";
import { callingAws } from "../calling-aws.ts";
import { clientSettings } from "../client-settings.ts";

/** Whether a text names an object in S3. */
export const isS3Uri = (text: string): boolean => s3Uri.test(text);

const s3Uri = /^s3:\/\/([^/]+)\/(.+)$/;

/**
 * Reads a report from the bucket.
 *
 * @throws {@link UsageError} when there is no such object, or it is no report.
 */
export const readStoredReport = async (settings: AwsSettings, uri: string): Promise<ReadReport> => {
  const [, bucket, key] = s3Uri.exec(uri) ?? [];
  if (bucket === undefined || key === undefined) throw new UsageError(`Expected s3://bucket/key, got "${uri}".`);
  const client = new S3Client({ ...clientSettings(settings), followRegionRedirects: true });
  try {
    const { Body: body } = await callingAws(settings, "s3:GetObject", `arn:aws:s3:::${bucket}/${key}`, () =>
      client.send(new GetObjectCommand({ Bucket: bucket, Key: key })),
    );
    return parseReport((await body?.transformToString()) ?? "", uri);
  } catch (error) {
    if (error instanceof NoSuchKey) throw new UsageError(`There is no ${uri}.`, { cause: error });
    throw error;
  } finally {
    client.destroy();
  }
};
