import { GetQueueAttributesCommand, GetQueueUrlCommand } from "@aws-sdk/client-sqs";
import { parse } from "@aws-sdk/util-arn-parser";
import { sqsClient } from "./clients.ts";

/**
 * How long an SQS queue hides a message that is being worked on, in seconds.
 *
 * @throws The client's error when a call fails for good.
 * @see {@link https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html}
 */
export const readVisibilitySeconds = async (queueArn: string, signal?: AbortSignal): Promise<number | undefined> => {
  const { accountId, resource } = parse(queueArn);
  const options = signal === undefined ? {} : { abortSignal: signal };
  const { QueueUrl } = await sqsClient().send(
    new GetQueueUrlCommand({ QueueName: resource, QueueOwnerAWSAccountId: accountId }),
    options,
  );
  const answer = await sqsClient().send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["VisibilityTimeout"] }),
    options,
  );
  const seconds = answer.Attributes?.VisibilityTimeout;
  return seconds === undefined ? undefined : Number(seconds);
};
