import type { AwsAccess } from "../../local/direct/aws-access.ts";

/** Settings of every SDK client. */
export interface ClientSettings extends AwsAccess {
  readonly requestHandler: { readonly connectionTimeout: number; readonly socketTimeout: number };
}

/**
 * Settings of an SDK client: what a person said, with timeouts that notice a lost connection.
 *
 * @param socketTimeoutMs - How long an answer may take: more than the default where a function runs in between.
 */
export const clientSettings = ({ profile, region, endpoint }: AwsAccess, socketTimeoutMs = 30_000): ClientSettings => ({
  ...(profile === undefined ? {} : { profile }),
  ...(region === undefined ? {} : { region }),
  ...(endpoint === undefined ? {} : { endpoint }),
  requestHandler: { connectionTimeout: 10_000, socketTimeout: socketTimeoutMs },
});
