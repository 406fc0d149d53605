import { Aws } from "aws-cdk-lib";
import type { FunctionName } from "../functions/function-names.ts";
import type { Permission } from "./permission.ts";

/** Who works with what the user's own key may encrypt. */
export type KeyUser =
  | Extract<FunctionName, "plan" | "provision" | "measure" | "clean-up">
  | "state-machine"
  | "scheduler";

/**
 * What each role may do with the user's key: never itself, only by way of the service that holds the data.
 *
 * @see {@link https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-via-service}
 */
export const encryptionPermissions: Readonly<Record<KeyUser, readonly Permission[]>> = {
  plan: readingPayloads(),
  provision: [
    useKey("Reads and updates the run's lock in a table that your key encrypts.", ["kms:Decrypt"], ["dynamodb"]),
  ],
  measure: readingPayloads(),
  "clean-up": [
    useKey(
      "Reads and removes locks in a table that your key encrypts, and keeps clean-ups that failed among the dead letters.",
      ["kms:Decrypt", "kms:GenerateDataKey"],
      ["dynamodb", "sqs"],
    ),
  ],
  "state-machine": [
    useKey(
      "Holds locks in a table, and stores reports in a bucket, that your key encrypts.",
      ["kms:Decrypt", "kms:GenerateDataKey"],
      ["dynamodb", "s3"],
    ),
    {
      ...useKey("Stores reports in your bucket, which has a key of its own.", ["kms:GenerateDataKey"], ["s3"]),
      sid: "UseReportKey",
      on: "report-key",
    },
  ],
  scheduler: [
    useKey(
      "Keeps runs that could not be started among the dead letters, which your key encrypts.",
      ["kms:Decrypt", "kms:GenerateDataKey"],
      ["sqs"],
    ),
  ],
};

/** Functions among the users of the key. */
export const isKeyUser = (name: FunctionName): name is Extract<KeyUser, FunctionName> => name in encryptionPermissions;

function readingPayloads(): readonly Permission[] {
  const read = useKey("Reads payloads that are encrypted with your key.", ["kms:Decrypt"], ["s3"]);
  const why = "Reads payloads in your bucket of reports, which has a key of its own.";
  return [read, { ...read, sid: "UseReportKey", why, on: "report-key" }];
}

function useKey(why: string, actions: readonly string[], services: readonly string[]): Permission {
  const via = services.map((service) => `${service}.${Aws.REGION}.amazonaws.com`);
  return {
    sid: "UseKey",
    why,
    actions,
    on: "encryption-key",
    conditions: { StringEquals: { "kms:ViaService": via } },
  };
}
