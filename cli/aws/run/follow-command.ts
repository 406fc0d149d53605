import { flagsFor } from "../aws-settings.ts";
import type { AwsSession } from "./aws-session.ts";
import { runIdOf } from "./execution-arn.ts";

/** The command that follows a run from here. */
export const followCommand = ({ settings }: AwsSession, executionArn: string): string =>
  `lambda-tuner tune --follow ${runIdOf(executionArn)}${flagsFor(settings)}`;
