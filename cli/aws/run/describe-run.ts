import {
  DescribeExecutionCommand,
  type DescribeExecutionCommandOutput,
  ExecutionDoesNotExist,
} from "@aws-sdk/client-sfn";
import { callingAws } from "../calling-aws.ts";
import type { AwsSession } from "./aws-session.ts";

/** An execution as Step Functions describes it. */
export type DescribedRun = DescribeExecutionCommandOutput;

/** Describes a run; absent when Step Functions knows none of that name (any more: it forgets after 90 days). */
export const describeRun = async (
  { settings, stepFunctions }: Pick<AwsSession, "settings" | "stepFunctions">,
  executionArn: string,
): Promise<DescribedRun | undefined> => {
  try {
    return await callingAws(settings, "states:DescribeExecution", executionArn, () =>
      stepFunctions.send(new DescribeExecutionCommand({ executionArn })),
    );
  } catch (error) {
    if (error instanceof ExecutionDoesNotExist) return undefined;
    throw error;
  }
};
