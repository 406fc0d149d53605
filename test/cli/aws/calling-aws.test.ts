import { expect, it } from "vitest";
import { callingAws } from "../../../cli/aws/calling-aws.ts";
import { exitCodeOf } from "../../../cli/exit-codes.ts";

const failure = (name: string, message: string, facts: object = {}) =>
  Object.assign(new Error(message), { name, ...facts });

const outcomeOf = (error: Error, profile?: string) =>
  callingAws(profile === undefined ? {} : { profile }, "states:StartExecution", "arn:machine", () =>
    Promise.reject(error),
  ).catch((caught: unknown) => caught);

// The messages are those of the SDK's credential providers.
it.each([
  [
    failure("CredentialsProviderError", "Could not load credentials from any providers"),
    "aws configure or aws sso login",
  ],
  [
    failure("CredentialsProviderError", "The SSO session associated with this profile has expired."),
    "Sign in again: aws sso login --profile work",
  ],
  [failure("TokenProviderError", "Token is expired. SSO token refresh failed"), "aws sso login --profile work"],
  [failure("ExpiredTokenException", "expired"), "aws sso login --profile work"],
  [failure("InvalidSignatureException", "Signature expired"), "this machine's clock"],
  [
    failure("InvalidSignatureException", "Credential should be scoped to a valid region."),
    "The region is not the one that answers there (Credential should be scoped to a valid region). Name it with --region",
  ],
  [failure("Error", "Region is missing"), "--region"],
  [
    failure("Error", "getaddrinfo ENOTFOUND states.mars-1.amazonaws.com", { code: "ENOTFOUND" }),
    "the name of the region",
  ],
  [failure("AccessDeniedException", "no"), "lambda-tuner doctor --policy"],
])("%s is a matter of the environment, and names the fix", async (error, fix) => {
  const caught = await outcomeOf(error, "work");
  expect(exitCodeOf(caught)).toBe(3);
  expect(caught).toMatchObject({ message: expect.stringContaining(fix), cause: error });
});

it("leaves what only the caller can judge as it is", async () => {
  const error = failure("ExecutionDoesNotExist", "no");
  expect(await outcomeOf(error)).toBe(error);
});
