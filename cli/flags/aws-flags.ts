import type { Flag } from "./flag.ts";

/** Flags that say how AWS is reached; what they leave out, the SDK finds in environment, profiles and sessions. */
export const awsFlags: readonly Flag[] = [
  { flags: "--profile <name>", description: "profile of the AWS config files" },
  { flags: "--region <region>", description: "region of the function and of lambda-tuner" },
  { flags: "--endpoint-url <url>", description: "another address for every AWS service, such as that of serve" },
  { flags: "--installation <name>", description: "which lambda-tuner of the account (default: default)" },
];
