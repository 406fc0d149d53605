import { GetAccountSettingsCommand, GetFunctionConcurrencyCommand } from "@aws-sdk/client-lambda";
import { AccessDeniedError } from "../../core/errors/access-denied-error.ts";
import { lambdaControlClient } from "./clients.ts";
import { callLambda } from "./lambda-errors.ts";

/** Concurrent executions that a function may have: those reserved for it, else those the account has unreserved. */
export interface AvailableConcurrency {
  readonly reserved?: number;
  readonly available?: number;
}

/** Reads the limits; what the role may not read is absent, as a run can do without. */
export const availableConcurrency = async (functionArn: string): Promise<AvailableConcurrency> => {
  const reserved = await unlessDenied(() => reservedConcurrency(functionArn));
  if (reserved !== undefined) return { reserved, available: reserved };
  const unreserved = await unlessDenied(() => unreservedConcurrency());
  return unreserved === undefined ? {} : { available: unreserved };
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
