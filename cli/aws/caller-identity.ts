import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import type { AwsAccess } from "../../local/direct/aws-access.ts";
import { callingAws } from "./calling-aws.ts";
import { clientSettings } from "./client-settings.ts";

/** Who the credentials are, and where calls go. */
export interface CallerIdentity {
  readonly arn: string;
  readonly accountId: string;
  readonly partition: string;
  readonly region: string;
}

/** Asks AWS who is calling; everybody may. */
export const callerIdentity = async (access: AwsAccess): Promise<CallerIdentity> => {
  const client = new STSClient(clientSettings(access));
  try {
    const { Arn: arn = "", Account: accountId = "" } = await callingAws(access, "sts:GetCallerIdentity", "*", () =>
      client.send(new GetCallerIdentityCommand({})),
    );
    return { arn, accountId, partition: arn.split(":")[1] ?? "aws", region: await client.config.region() };
  } finally {
    client.destroy();
  }
};
