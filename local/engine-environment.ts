import { targetReference } from "../functions/planning/target-reference.ts";
import type { Environment } from "../functions/environment.ts";
import type { Endpoint } from "./endpoint/start-endpoint.ts";
import type { EngineFacts } from "../functions/engine-facts.ts";
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
  factsOf: (functionName: string) => EngineFacts | undefined,
  executionInput?: unknown,
): Environment => {
  const target = targetNameIn(executionInput);
  const facts = target === undefined ? undefined : factsOf(target);
  return {
    ...endpoint.environment(),
    AWS_ACCESS_KEY_ID: functionName,
    LOCK_TABLE_NAME: lockTableName,
    ...(facts === undefined ? {} : { LAMBDA_TUNER_ENGINE: JSON.stringify(facts) }),
  };
};

/** The bare name of the function that an execution is about, in either of the forms of a request. */
const targetNameIn = (executionInput: unknown): string | undefined => {
  if (typeof executionInput !== "object" || executionInput === null) return undefined;
  const { functionArn, lambdaARN } = { functionArn: undefined, lambdaARN: undefined, ...executionInput };
  const named: unknown = functionArn ?? lambdaARN;
  if (typeof named !== "string") return undefined;
  try {
    return targetReference(named).functionName.split(":").at(-1);
  } catch {
    // Plan says what is wrong with it.
    return undefined;
  }
};
