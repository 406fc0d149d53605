import type { Flag } from "./flag.ts";

/** Of a path it is the region whose prices count. */
export const regionFlag: Flag = {
  flags: "--region <region>",
  description: "region of the function and of lambda-tuner; of a path, the one whose prices count",
  path: ["region"],
};

/** Flags that say how AWS is reached; what they leave out, the SDK finds in environment, profiles and sessions. */
export const awsFlags: readonly Flag[] = [
  { flags: "--profile <name>", description: "profile of the AWS config files" },
  regionFlag,
  { flags: "--endpoint-url <url>", description: "another address for every AWS service, such as that of serve" },
  { flags: "--installation <name>", description: "which lambda-tuner of the account (default: default)" },
];

/** Flags about runs that AWS keeps. */
export const runFlags: readonly Flag[] = [
  { flags: "--follow <run>", description: "follow a run that was started before, by its id, instead of starting one" },
  { flags: "--again", description: "measure anew, although this request has been answered and nothing has changed" },
];
