import { ExecutionAlreadyExists, StartExecutionCommand } from "@aws-sdk/client-sfn";
import { callingAws } from "../calling-aws.ts";
import type { AwsSession } from "./aws-session.ts";
import { executionArnOf } from "./execution-arn.ts";

/**
 * Starts a run. A run of the same name that somebody started in the same moment is the one that is followed.
 *
 * @returns The ARN of its execution.
 */
export const startRun = async (
  { settings, installation, stepFunctions }: AwsSession,
  runId: string,
  input: string,
): Promise<string> => {
  const { stateMachineArn } = installation;
  const executionArn = executionArnOf(installation, runId);
  try {
    await callingAws(settings, "states:StartExecution", stateMachineArn, () =>
      stepFunctions.send(new StartExecutionCommand({ stateMachineArn, name: runId, input })),
    );
  } catch (error) {
    if (!(error instanceof ExecutionAlreadyExists)) throw error;
  }
  return executionArn;
};
