import { AccessDeniedError } from "../../core/errors/access-denied-error.ts";
import { TunerError } from "../../core/errors/tuner-error.ts";
import type { AwsAccess } from "../../local/direct/aws-access.ts";
import { EnvironmentError } from "../errors/environment-error.ts";
import { isConnectionFailure, isThrottle } from "./failure-kinds.ts";

/**
 * Calls AWS, and turns what stands in the way (credentials, region, permission, connection) into errors that name the
 * fix. What only the caller can judge passes unchanged.
 *
 * @param action - As in a policy: `states:StartExecution`.
 * @param resource - ARN that the call is about, or `*`.
 */
export const callingAws = async <Answer>(
  access: AwsAccess,
  action: string,
  resource: string,
  call: () => Promise<Answer>,
): Promise<Answer> => {
  try {
    return await call();
  } catch (error) {
    throw translated(error, access, action, resource);
  }
};

const translated = (error: unknown, access: AwsAccess, action: string, resource: string): unknown => {
  if (error instanceof AccessDeniedError) return denied(error.action, error.resource, error);
  if (!(error instanceof Error) || error instanceof TunerError) return error;
  const fix = fixOf(error, access);
  if (fix !== undefined) return new EnvironmentError(fix, { cause: error });
  if (deniedNames.has(error.name)) return denied(action, resource, error);
  if (isThrottle(error)) {
    return new EnvironmentError(
      `AWS throttles ${action}: the account makes too many of these calls. Try again later.`,
      {
        cause: error,
      },
    );
  }
  return error;
};

const denied = (action: string, resource: string, cause: Error): AccessDeniedError =>
  new AccessDeniedError(action, resource, {
    cause,
    fix: "Grant it to the identity that runs this command: lambda-tuner doctor --policy prints all that it needs.",
  });

const deniedNames: ReadonlySet<string> = new Set([
  "AccessDeniedException",
  "AccessDenied",
  "AuthorizationError",
  "UnauthorizedOperation",
]);

const expiredNames: ReadonlySet<string> = new Set([
  "ExpiredTokenException",
  "ExpiredToken",
  "ExpiredTokenError",
  "RequestExpired",
  "TokenRefreshRequired",
]);

const unknownIdentityNames: ReadonlySet<string> = new Set([
  "UnrecognizedClientException",
  "InvalidClientTokenId",
  "InvalidSignatureException",
  "SignatureDoesNotMatch",
  "InvalidAccessKeyId",
  "AuthFailure",
  "IncompleteSignature",
  "MissingAuthenticationToken",
  "MissingAuthenticationTokenException",
]);

/** What to do about credentials, region or connection; absent when the failure is about something else. */
const fixOf = (error: Error, { profile }: AwsAccess): string | undefined => {
  const { name, message } = error;
  const signIn = `aws sso login${profile === undefined ? "" : ` --profile ${profile}`}`;
  if (/region is missing|region not accepted/i.test(message)) {
    return `No AWS region is set, or it cannot be one (${message}). Name it with --region, AWS_REGION or in the profile, or give the function's ARN.`;
  }
  if (/multi-factor|\bMFA\b/i.test(message)) {
    return `The profile asks for an MFA code, which this command cannot ask for (${message}). Begin a session first: eval "$(aws configure export-credentials --format env${profile === undefined ? "" : ` --profile ${profile}`})"`;
  }
  if (name === "CredentialsProviderError" || name === "TokenProviderError") {
    return /sso/i.test(message)
      ? `The AWS session has ended (${message}). Sign in again: ${signIn}`
      : `No AWS credentials were found${ofProfile(profile)} (${message}). Set them up with aws configure or aws sso login, or name a profile with --profile or AWS_PROFILE.`;
  }
  if (expiredNames.has(name)) {
    return `The AWS credentials have expired. Sign in again (${signIn}), or renew what AWS_SESSION_TOKEN holds.`;
  }
  if (/scoped to a valid region/i.test(message)) {
    return `The region is not the one that answers there (${message.replace(/\.$/, "")}). Name it with --region or AWS_REGION.`;
  }
  if (unknownIdentityNames.has(name)) {
    return `AWS does not accept these credentials (${name}). Check profile, keys and this machine's clock; a region that is not enabled in the account answers the same.`;
  }
  if (isConnectionFailure(error)) {
    return `AWS could not be reached (${reasonOf(error)}). Check the network, the proxy and the name of the region.`;
  }
  return undefined;
};

const ofProfile = (profile: string | undefined): string => (profile === undefined ? "" : ` for the profile ${profile}`);

const reasonOf = (error: Error): string => {
  if (error.message !== "") return error.message;
  return "code" in error ? String(error.code) : error.name;
};
