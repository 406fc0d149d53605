import { targetReference } from "../functions/planning/target-reference.ts";
import type { Environment } from "../functions/environment.ts";
import type { Endpoint } from "./endpoint/start-endpoint.ts";
import type { ReadyTarget } from "./engine-targets.ts";
import type { ServiceAccess } from "./host/integrations.ts";

/** The lock table on the endpoint. */
export const lockTableName = "lambda-tuner-locks";

/**
 * How a caller reaches the endpoint: under an access key of its own, so that the endpoint's records tell who called, as
 * roles do in AWS.
 */
export const serviceAccess = (endpoint: Endpoint, caller: string): ServiceAccess => ({
  endpoint: endpoint.url,
  region: endpoint.region,
  credentials: { accessKeyId: caller, secretAccessKey: "local" },
});

/** Environment variables of one of our functions, in an execution with this input. */
export const environmentFor = (
  endpoint: Endpoint,
  functionName: string,
  targets: readonly ReadyTarget[],
  executionInput?: unknown,
): Environment => {
  const facts = targetOf(targets, executionInput)?.facts;
  return {
    ...endpoint.environment(),
    AWS_ACCESS_KEY_ID: functionName,
    LOCK_TABLE_NAME: lockTableName,
    ...(facts === undefined ? {} : { LAMBDA_TUNER_ENGINE: JSON.stringify(facts) }),
  };
};

const targetOf = (targets: readonly ReadyTarget[], executionInput: unknown): ReadyTarget | undefined => {
  if (typeof executionInput !== "object" || executionInput === null) return undefined;
  const named =
    "functionArn" in executionInput
      ? executionInput.functionArn
      : "lambdaARN" in executionInput
        ? executionInput.lambdaARN
        : undefined;
  if (typeof named !== "string") return undefined;
  return targets.find(({ definition }) => isNamed(named, definition.functionName));
};

const isNamed = (named: string, functionName: string): boolean => {
  try {
    return targetReference(named).functionName.split(":").at(-1) === functionName;
  } catch {
    // Plan says what is wrong with it.
    return false;
  }
};
