import type { FunctionConfiguration } from "@aws-sdk/client-lambda";
import { environment } from "../environment.ts";

/**
 * Why a function cannot be tuned, when it cannot: by its kind, or by the state it is in.
 *
 * @param raw - Lambda's description of `$LATEST`, no update being under way.
 */
export const refusal = (raw: FunctionConfiguration): string | undefined =>
  refusals.map((judge) => judge(raw)).find((reason) => reason !== undefined);

type Judge = (raw: FunctionConfiguration) => string | undefined;

const refusals: readonly Judge[] = [
  ({ State: state, StateReason: reason }) =>
    state === undefined || state === "Active" || state === "Inactive"
      ? undefined
      : `its state is ${state}${reason === undefined ? "" : ` (${reason})`}. Wait until it is Active, or deploy it again.`,
  ({ LastUpdateStatus: status, LastUpdateStatusReason: reason }) =>
    status === "Failed"
      ? `its last update failed${reason === undefined ? "" : ` (${reason})`}, so what runs is not what is configured. Deploy it again.`
      : undefined,
  ({ CapacityProviderConfig: config }) =>
    config === undefined
      ? undefined
      : "it runs on Lambda Managed Instances, whose price and CPU share follow the instances, not its memory setting.",
  ({ DurableConfig: config }) =>
    config === undefined
      ? undefined
      : "it is a durable function: one execution of it spans several invocations, of which a REPORT record shows one. Tune the functions it calls instead.",
  ({ MasterArn: arn }) =>
    arn === undefined ? undefined : `it is a Lambda@Edge replica. Tune the function it is a replica of: ${arn}.`,
  ({ LoggingConfig: logging }) =>
    logging?.LogFormat === "JSON" && logging.SystemLogLevel === "WARN"
      ? "its system log level is WARN, which leaves the REPORT records out of its log. Set SystemLogLevel to INFO."
      : undefined,
  ({ FunctionName: name }) =>
    name !== undefined && ownFunctionNames().includes(name)
      ? "it is one of lambda-tuner's own functions, which a run must not change under itself."
      : undefined,
];

/** Names of our own functions, where they are deployed: the stack lists them for Plan. */
const ownFunctionNames = (): readonly string[] => {
  const variables = environment();
  return [
    ...(variables["OWN_FUNCTION_NAMES"] ?? "").split(",").filter((name) => name !== ""),
    ...(variables["AWS_LAMBDA_FUNCTION_NAME"] === undefined ? [] : [variables["AWS_LAMBDA_FUNCTION_NAME"]]),
  ];
};
