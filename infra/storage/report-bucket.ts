import { Duration, RemovalPolicy, Validations } from "aws-cdk-lib";
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership } from "aws-cdk-lib/aws-s3";
import type { Construct } from "constructs";
import type { LambdaTunerProps } from "../lambda-tuner-props.ts";

/** Where the state machine puts reports; Recommend writes the keys. */
export const reportPrefix = "reports/";
/** Where requests may keep payloads without further settings. */
export const payloadPrefix = "payloads/";

/** What the bucket depends on. */
export type ReportBucketProps = Pick<
  LambdaTunerProps,
  "encryptionKey" | "removalPolicy" | "reportRetention" | "accessLogBucket"
>;

/** The bucket of reports: encrypted, TLS only, versioned, not public. */
export const createReportBucket = (scope: Construct, props: ReportBucketProps): Bucket => {
  const { encryptionKey, removalPolicy, reportRetention, accessLogBucket } = props;
  const bucket = new Bucket(scope, "Reports", {
    ...(encryptionKey === undefined
      ? { encryption: BucketEncryption.S3_MANAGED }
      : { encryption: BucketEncryption.KMS, encryptionKey, bucketKeyEnabled: true }),
    enforceSSL: true,
    minimumTLSVersion: 1.2,
    versioned: true,
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
    removalPolicy: removalPolicy ?? RemovalPolicy.RETAIN,
    ...(accessLogBucket === undefined
      ? {}
      : { serverAccessLogsBucket: accessLogBucket, serverAccessLogsPrefix: "lambda-tuner-reports/" }),
    lifecycleRules: [
      {
        abortIncompleteMultipartUploadAfter: Duration.days(7),
        noncurrentVersionExpiration: Duration.days(90),
      },
      ...(reportRetention === undefined ? [] : [{ prefix: reportPrefix, expiration: reportRetention }]),
    ],
  });
  if (accessLogBucket === undefined) {
    Validations.of(bucket).acknowledge({
      id: "AwsSolutions-S1",
      reason:
        "Reports hold measurements, no personal data. CloudTrail data events show who reads them; accessLogBucket turns server access logs on.",
    });
  }
  return bucket;
};
