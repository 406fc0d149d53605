import { Duration } from "aws-cdk-lib";
import type { Function as LambdaFunction } from "aws-cdk-lib/aws-lambda";
import { SqsDestination } from "aws-cdk-lib/aws-lambda-destinations";
import type { IQueue } from "aws-cdk-lib/aws-sqs";

/**
 * What becomes of a clean-up that EventBridge called and that failed.
 *
 * EventBridge's own retries end when Lambda has accepted the event; from there on it is Lambda that repeats the call, and
 * that keeps the event when even the last one failed.
 */
export const keepFailedCleanUps = (cleanUp: LambdaFunction, deadLetters: IQueue): void => {
  cleanUp.configureAsyncInvoke({
    retryAttempts: 2,
    maxEventAge: Duration.hours(6),
    onFailure: new SqsDestination(deadLetters),
  });
};
