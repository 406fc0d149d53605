import { Duration } from "aws-cdk-lib";
import { type IRuleTarget, Rule, Schedule } from "aws-cdk-lib/aws-events";
import { LambdaFunction } from "aws-cdk-lib/aws-events-targets";
import type { IFunction } from "aws-cdk-lib/aws-lambda";
import type { IQueue } from "aws-cdk-lib/aws-sqs";
import type { IStateMachine } from "aws-cdk-lib/aws-stepfunctions";
import type { Construct } from "constructs";

/** What cleans up, after what, and where the events go that it could not handle. */
export interface CleanUpTriggersProps {
  readonly stateMachine: IStateMachine;
  readonly cleanUp: IFunction;
  readonly deadLetters: IQueue;
}

/**
 * Calls the clean-up from outside of a run.
 *
 * A state machine cannot clean up after itself when somebody presses "Stop execution" or its time is over. EventBridge
 * sees both; what even that misses is found the next day, by locks that have expired.
 */
export const createCleanUpTriggers = (
  scope: Construct,
  { stateMachine, cleanUp, deadLetters }: CleanUpTriggersProps,
): readonly Rule[] => {
  const targets: IRuleTarget[] = [
    new LambdaFunction(cleanUp, { deadLetterQueue: deadLetters, retryAttempts: 8, maxEventAge: Duration.hours(6) }),
  ];
  return [
    new Rule(scope, "EndedBadly", {
      description: "Cleans up after a run of lambda-tuner that was stopped, timed out or failed",
      eventPattern: {
        source: ["aws.states"],
        detailType: ["Step Functions Execution Status Change"],
        detail: { status: ["ABORTED", "TIMED_OUT", "FAILED"], stateMachineArn: [stateMachine.stateMachineArn] },
      },
      targets,
    }),
    new Rule(scope, "DailySweep", {
      description: "Cleans up after runs of lambda-tuner whose lock has expired",
      schedule: Schedule.rate(Duration.days(1)),
      targets,
    }),
  ];
};
