import { withEnvironment } from "../../functions/environment.ts";

/** How a person reaches AWS, beside what the SDK finds by itself in environment, profiles and sessions. */
export interface AwsAccess {
  readonly profile?: string;
  readonly region?: string;
  /** Another address for every service: the local endpoint. */
  readonly endpoint?: string;
}

/**
 * Runs what our functions do in this process, as this person instead of as the function's own role.
 *
 * @param variables - What the function would find in its environment besides.
 */
export const withAccess = <Result>(
  { profile, region, endpoint }: AwsAccess,
  run: () => Result,
  variables: Readonly<Record<string, string>> = {},
): Result =>
  withEnvironment(
    {
      ...variables,
      ...(profile === undefined ? {} : { AWS_PROFILE: profile }),
      ...(region === undefined ? {} : { AWS_REGION: region }),
      ...(endpoint === undefined ? {} : { AWS_ENDPOINT_URL: endpoint }),
    },
    run,
  );
