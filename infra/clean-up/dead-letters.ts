import { Duration, Validations } from "aws-cdk-lib";
import { Queue, QueueEncryption } from "aws-cdk-lib/aws-sqs";
import type { Construct } from "constructs";
import type { LambdaTunerProps } from "../lambda-tuner-props.ts";

/** Keeps the events whose clean-up or start did not succeed, until somebody has looked. */
export const createDeadLetters = (scope: Construct, { encryptionKey }: LambdaTunerProps): Queue => {
  const queue = new Queue(scope, "DeadLetters", {
    retentionPeriod: Duration.days(14),
    enforceSSL: true,
    ...(encryptionKey === undefined
      ? { encryption: QueueEncryption.SQS_MANAGED }
      : { encryption: QueueEncryption.KMS, encryptionMasterKey: encryptionKey }),
  });
  Validations.of(queue).acknowledge({
    id: "AwsSolutions-SQS3",
    reason:
      "It is the dead-letter queue: of EventBridge's rules and schedules, which CloudFormation does not show on the queue.",
  });
  return queue;
};
