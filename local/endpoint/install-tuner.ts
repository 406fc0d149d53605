import { toolVersion } from "../../core/tool-version.ts";
import { handler as cleanUp } from "../../functions/clean-up.ts";
import type { EngineFacts } from "../../functions/engine-facts.ts";
import { deployTo, reportBucketName } from "../deployment.ts";
import { environmentFor, lockTableName } from "../engine-environment.ts";
import { callFunction } from "../host/function-task.ts";
import { functionArnOf } from "../host/hosted-functions.ts";
import { handlerRunner } from "./handler-runner.ts";
import type { Endpoint } from "./start-endpoint.ts";

/** Name of the installation, as the stack has it by default. */
const installationName = "default";

const cleanUpTimeoutSeconds = 600;

/**
 * Makes an endpoint an account in which lambda-tuner is deployed: the state machine, the clean-up function that people
 * may invoke, and the stack and the parameter in which clients find them.
 *
 * @param factsOf - What reports must say of how a function ran, by its name.
 * @returns The state machine's ARN.
 */
export const installTuner = async (
  endpoint: Endpoint,
  factsOf: (functionName: string) => EngineFacts | undefined,
): Promise<string> => {
  const { region, accountId } = endpoint;
  const stateMachineArn = endpoint.attachExecutionHost(await deployTo(endpoint, { factsOf }));
  const cleanUpFunctionArn = functionArnOf("clean-up", { access: { region }, accountId });
  registerCleanUp(endpoint, cleanUpFunctionArn, factsOf);
  const parameterName = `/lambda-tuner/${installationName}`;
  endpoint.deployStack({
    stackName: "LambdaTuner",
    outputs: {
      StateMachineArn: stateMachineArn,
      UsedReportBucketName: reportBucketName,
      InstallationParameterName: parameterName,
      Version: toolVersion,
    },
    ssmParameters: {
      [parameterName]: JSON.stringify({
        version: toolVersion,
        stateMachineArn,
        reportBucketName,
        cleanUpFunctionArn,
        lockTableName,
      }),
    },
  });
  return stateMachineArn;
};

const registerCleanUp = (
  endpoint: Endpoint,
  functionArn: string,
  factsOf: (functionName: string) => EngineFacts | undefined,
): void => {
  const settings = {
    handler: cleanUp,
    environment: environmentFor(endpoint, "clean-up", factsOf),
    timeoutMs: cleanUpTimeoutSeconds * 1000,
  };
  endpoint.registerFunction(
    {
      functionName: functionArn.split(":").at(-1) ?? functionArn,
      memorySizeMb: 512,
      timeoutSeconds: cleanUpTimeoutSeconds,
      logFormat: "JSON",
    },
    handlerRunner(async (event, signal) => callFunction(settings, event, signal)),
  );
};
