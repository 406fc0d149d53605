import { Aws, Fn } from "aws-cdk-lib";
import type { CfnTable } from "aws-cdk-lib/aws-dynamodb";
import type { CfnLogGroup } from "aws-cdk-lib/aws-logs";
import type { Bucket, CfnBucket } from "aws-cdk-lib/aws-s3";
import type { CfnQueue } from "aws-cdk-lib/aws-sqs";
import { functionNames } from "../functions/function-names.ts";
import type { LambdaTuner } from "../lambda-tuner.ts";
import { encryptionPermissions, isKeyUser } from "../permissions/encryption.ts";
import type { StackParameters } from "./stack-parameters.ts";

/** Encrypts with the key that the parameters name, if they name one; otherwise with keys of AWS. */
export const applyEncryption = (tuner: LambdaTuner, bucket: Bucket, { kmsKeyArn, isGiven }: StackParameters): void => {
  const hasKey = isGiven(kmsKeyArn);
  const key = kmsKeyArn.valueAsString;
  const withKey = (value: unknown, otherwise: unknown) => Fn.conditionIf(hasKey.logicalId, value, otherwise);
  for (const { logGroup } of [...tuner.functions.all, tuner.machine]) {
    (logGroup.node.defaultChild as CfnLogGroup).kmsKeyId = withKey(key, Aws.NO_VALUE).toString();
  }
  (tuner.lockTable.node.defaultChild as CfnTable).sseSpecification = withKey(
    { SSEEnabled: true, SSEType: "KMS", KMSMasterKeyId: key },
    Aws.NO_VALUE,
  );
  const queue = tuner.deadLetters.node.defaultChild as CfnQueue;
  queue.kmsMasterKeyId = withKey(key, Aws.NO_VALUE).toString();
  queue.sqsManagedSseEnabled = withKey(Aws.NO_VALUE, true);
  (bucket.node.defaultChild as CfnBucket).bucketEncryption = {
    serverSideEncryptionConfiguration: [
      withKey(
        { BucketKeyEnabled: true, ServerSideEncryptionByDefault: { SSEAlgorithm: "aws:kms", KMSMasterKeyID: key } },
        { ServerSideEncryptionByDefault: { SSEAlgorithm: "AES256" } },
      ),
    ],
  };
  const resources = { "encryption-key": [{ suffix: "", arns: [key], cfnCondition: hasKey }] };
  for (const name of functionNames) {
    if (isKeyUser(name)) tuner.functions.of(name).permissions.grant(encryptionPermissions[name], resources);
  }
  tuner.machine.permissions.grant(encryptionPermissions["state-machine"], resources);
};
