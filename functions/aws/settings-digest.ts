import { createHash } from "node:crypto";
import type { CreateFunctionCommandInput, FunctionConfiguration } from "@aws-sdk/client-lambda";

/** What Lambda's answers hold beside the settings that a user gives. */
type Told = Exclude<keyof FunctionConfiguration, keyof CreateFunctionCommandInput>;

/**
 * What differs between versions, changes by itself, follows from memory and description, or is code.
 *
 * The compiler asks here for whatever a newer SDK adds: one fingerprint of Lambda's own that was taken for a setting would
 * make every size look like somebody else's deployment.
 */
const told: Readonly<Record<Told, "derived" | "setting">> = {
  FunctionArn: "derived",
  Version: "derived",
  MasterArn: "derived",
  RevisionId: "derived",
  LastModified: "derived",
  ConfigSha256: "derived",
  State: "derived",
  StateReason: "derived",
  StateReasonCode: "derived",
  LastUpdateStatus: "derived",
  LastUpdateStatusReason: "derived",
  LastUpdateStatusReasonCode: "derived",
  // Lambda rolls runtimes forward on its own.
  RuntimeVersionConfig: "derived",
  CodeSha256: "derived",
  CodeSize: "derived",
  SigningProfileVersionArn: "derived",
  SigningJobArn: "derived",
  ImageConfigResponse: "setting",
};

const comparedOnTheirOwn = ["MemorySize", "Timeout", "Description"] as const satisfies (keyof FunctionConfiguration)[];

const ignored: ReadonlySet<string> = new Set([
  "$metadata",
  ...comparedOnTheirOwn,
  ...Object.entries(told).flatMap(([name, what]) => (what === "derived" ? [name] : [])),
]);

/**
 * One fingerprint of all settings that a user can change besides memory, timeout, description and code.
 *
 * It is the same for whoever asks. Environment variables enter as a hash alone; those that a key of the user's encrypts
 * do not enter at all, since Lambda shows them only to those who may use the key, and to others an error that names them.
 */
export const settingsDigest = (configuration: FunctionConfiguration): string =>
  createHash("sha256")
    .update(JSON.stringify(canonical(settingsOf(configuration)) ?? {}))
    .digest("hex");

const settingsOf = (configuration: FunctionConfiguration): Record<string, unknown> => {
  const { SnapStart: snapStart, Environment: environment, ...others } = configuration;
  return {
    ...Object.fromEntries(Object.entries(others).filter(([name]) => !ignored.has(name))),
    ...((others.KMSKeyArn ?? "") === "" ? { Environment: environment?.Variables } : {}),
    // The optimisation status differs between $LATEST and its versions.
    ...(snapStart?.ApplyOn === "PublishedVersions" ? { SnapStart: snapStart.ApplyOn } : {}),
  };
};

/** The same value with keys in order, and without what is empty: a VPC without subnets is none. */
const canonical = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.length === 0 ? undefined : value.map(canonical);
  if (value === null || value === "") return undefined;
  if (typeof value !== "object") return value;
  const members = Object.entries(value)
    .map(([name, inner]) => [name, canonical(inner)] as const)
    .filter(([, inner]) => inner !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return members.length === 0 ? undefined : Object.fromEntries(members);
};
