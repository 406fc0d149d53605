import { GetAccountSettingsCommand, LambdaClient } from "@aws-sdk/client-lambda";
import type { Finding } from "../../doctor/examine-machine.ts";
import type { AwsSettings } from "../aws-settings.ts";
import { callingAws } from "../calling-aws.ts";
import { clientSettings } from "../client-settings.ts";
import { findingOfFailure } from "./finding-of-failure.ts";

/** What a run uses when it is not told otherwise. */
const usualConcurrency = 10;

/** What the account allows: concurrency is told, the largest memory is not. */
export const examineQuotas = async (settings: AwsSettings): Promise<Finding[]> => [
  await concurrency(settings),
  {
    subject: "Memory quota",
    state: "good",
    found: "10240 MB, or 3008 MB in new accounts: no call tells; a run goes on without the sizes that Lambda refuses",
  },
];

const concurrency = async (settings: AwsSettings): Promise<Finding> => {
  const subject = "Concurrency";
  const client = new LambdaClient(clientSettings(settings));
  try {
    const { AccountLimit: limit } = await callingAws(settings, "lambda:GetAccountSettings", "*", () =>
      client.send(new GetAccountSettingsCommand({})),
    );
    const { ConcurrentExecutions: all, UnreservedConcurrentExecutions: left } = limit ?? {};
    const found = `${left ?? "?"} of ${all ?? "?"} concurrent executions are not reserved`;
    // Production shares what a run leaves.
    if (left === undefined || left >= 2 * usualConcurrency) return { subject, state: "good", found };
    const fix = `A run takes up to ${usualConcurrency} of them, or --concurrency. Ask for more under Service Quotas, AWS Lambda, Concurrent executions.`;
    return { subject, state: "limited", found, fix };
  } catch (error) {
    return findingOfFailure(subject, "limited", error);
  } finally {
    client.destroy();
  }
};
