import { GetAccountSettingsCommand, GetFunctionConcurrencyCommand } from "@aws-sdk/client-lambda";
import type { ConcurrencyLimits } from "../../core/planning/spare-concurrency.ts";
import { AccessDeniedError } from "../../core/errors/access-denied-error.ts";
import { lambdaControlClient } from "./clients.ts";
import { callLambda } from "./lambda-errors.ts";

/**
 * Reads how many concurrent executions are reserved for a function, else how many the account has unreserved. What the
 * role may not read is absent, as a run can do without.
 */
export const concurrencyLimits = async (functionArn: string): Promise<ConcurrencyLimits> => {
  const reserved = await unlessDenied(() => reservedConcurrency(functionArn));
  if (reserved !== undefined) return { reserved };
  const unreserved = await unlessDenied(() => unreservedConcurrency());
  return unreserved === undefined ? {} : { unreserved };
};

const reservedConcurrency = async (functionArn: string): Promise<number | undefined> => {
  const answer = await callLambda("lambda:GetFunctionConcurrency", functionArn, () =>
    lambdaControlClient().send(new GetFunctionConcurrencyCommand({ FunctionName: functionArn })),
  );
  return answer.ReservedConcurrentExecutions;
};

const unreservedConcurrency = async (): Promise<number | undefined> => {
  const answer = await callLambda("lambda:GetAccountSettings", "*", () =>
    lambdaControlClient().send(new GetAccountSettingsCommand({})),
  );
  return answer.AccountLimit?.UnreservedConcurrentExecutions;
};

const unlessDenied = async (read: () => Promise<number | undefined>): Promise<number | undefined> => {
  try {
    return await read();
  } catch (error) {
    if (error instanceof AccessDeniedError) return undefined;
    throw error;
  }
};
