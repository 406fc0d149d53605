import { InvocationType, InvokeCommand, LambdaClient } from "@aws-sdk/client-lambda";
import {
  DescribeExecutionCommand,
  GetExecutionHistoryCommand,
  StartExecutionCommand,
  StopExecutionCommand,
} from "@aws-sdk/client-sfn";
import { AccessDeniedError } from "../../../core/errors/access-denied-error.ts";
import type { Finding } from "../../doctor/examine-machine.ts";
import { callingAws } from "../calling-aws.ts";
import { clientSettings } from "../client-settings.ts";
import type { AwsSession } from "../run/aws-session.ts";
import { executionArnOf } from "../run/execution-arn.ts";

/** A call that is refused for what it asks, unless it is refused for who asks. */
interface Probe {
  readonly action: string;
  readonly resource: string;
  readonly call: () => Promise<unknown>;
  /** Exceptions of a caller who is allowed to. */
  readonly allowed: readonly string[];
}

/** Which of the calls of a run this person may make, found out without an effect. */
export const examinePermissions = async (session: AwsSession): Promise<Finding[]> => {
  const probes = probesOf(session);
  const results = await Promise.all(probes.map((probe) => judge(session, probe)));
  const missing = results.flatMap((finding) => finding ?? []);
  if (missing.length > 0) return missing;
  return [{ subject: "Permissions", state: "good", found: "to start, follow and stop runs, and to restore functions" }];
};

const judge = async (
  { settings }: AwsSession,
  { action, resource, call, allowed }: Probe,
): Promise<Finding | undefined> => {
  try {
    await callingAws(settings, action, resource, call);
    return undefined;
  } catch (error) {
    if (error instanceof Error && allowed.includes(error.name)) return undefined;
    const isDenied = error instanceof AccessDeniedError;
    return {
      subject: "Permissions",
      state: isDenied ? "missing" : "limited",
      found: isDenied ? `${action} is not granted on ${resource}` : `${action} could not be checked`,
      fix: isDenied
        ? "Grant it: lambda-tuner doctor --policy prints all that is needed."
        : error instanceof Error
          ? error.message
          : String(error),
    };
  }
};

/** No run is ever called this. */
const noRun = "lambda-tuner-doctor-asks-about-no-run";

const probesOf = ({ settings, installation, stepFunctions }: AwsSession): readonly Probe[] => {
  const { stateMachineArn, cleanUpFunctionArn } = installation;
  const executionArn = executionArnOf(installation, noRun);
  const onRun = (action: string, call: Probe["call"]): Probe => ({
    action,
    resource: executionArn,
    call,
    allowed: ["ExecutionDoesNotExist"],
  });
  return [
    {
      action: "states:StartExecution",
      resource: stateMachineArn,
      // An input that is no JSON starts nothing.
      call: () => stepFunctions.send(new StartExecutionCommand({ stateMachineArn, name: noRun, input: "{" })),
      allowed: ["InvalidExecutionInput"],
    },
    onRun("states:DescribeExecution", () => stepFunctions.send(new DescribeExecutionCommand({ executionArn }))),
    onRun("states:GetExecutionHistory", () => stepFunctions.send(new GetExecutionHistoryCommand({ executionArn }))),
    onRun("states:StopExecution", () => stepFunctions.send(new StopExecutionCommand({ executionArn }))),
    {
      action: "lambda:InvokeFunction",
      resource: cleanUpFunctionArn,
      call: () =>
        new LambdaClient(clientSettings(settings)).send(
          new InvokeCommand({ FunctionName: cleanUpFunctionArn, InvocationType: InvocationType.DryRun }),
        ),
      allowed: [],
    },
  ];
};
