import { SFNClient } from "@aws-sdk/client-sfn";
import type { AwsSettings } from "../aws-settings.ts";
import { clientSettings } from "../client-settings.ts";
import { findInstallation, type Installation } from "../installation.ts";

/** A deployed lambda-tuner and the way to its state machine. */
export interface AwsSession {
  readonly settings: AwsSettings;
  readonly installation: Installation;
  readonly stepFunctions: SFNClient;
}

/** Finds the lambda-tuner that the settings lead to. */
export const openSession = async (settings: AwsSettings): Promise<AwsSession> => {
  const installation = await findInstallation(settings);
  return { settings, installation, stepFunctions: new SFNClient(clientSettings(settings)) };
};
