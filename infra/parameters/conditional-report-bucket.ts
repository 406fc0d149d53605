import { CfnCondition, type CfnResource, Fn, type Stack } from "aws-cdk-lib";
import { Bucket, type CfnBucket, type IBucket } from "aws-cdk-lib/aws-s3";
import { createReportBucket } from "../storage/report-bucket.ts";
import type { StackParameters } from "./stack-parameters.ts";

/** The bucket that the parameters name, or one that exists only when they name none. */
export const conditionalReportBucket = (
  stack: Stack,
  { reportBucketName }: StackParameters,
): { readonly created: Bucket; readonly used: IBucket } => {
  const created = createReportBucket(stack, {});
  const makesBucket = new CfnCondition(stack, "MakesReportBucket", {
    expression: Fn.conditionEquals(reportBucketName.valueAsString, ""),
  });
  const bucket = created.node.defaultChild as CfnBucket;
  bucket.cfnOptions.condition = makesBucket;
  if (created.policy !== undefined) {
    (created.policy.node.defaultChild as CfnResource).cfnOptions.condition = makesBucket;
  }
  const name = Fn.conditionIf(makesBucket.logicalId, bucket.ref, reportBucketName.valueAsString).toString();
  return { created, used: Bucket.fromBucketName(stack, "UsedReports", name) };
};
