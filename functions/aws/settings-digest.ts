import { createHash } from "node:crypto";
import type { FunctionConfiguration } from "@aws-sdk/client-lambda";

/** What changes by itself, differs between versions, or is compared on its own. Everything else must be found again after a run. */
const ignored: ReadonlySet<string> = new Set<keyof FunctionConfiguration | "$metadata">([
  "$metadata",
  "FunctionArn",
  "Version",
  "MasterArn",
  "RevisionId",
  "LastModified",
  "State",
  "StateReason",
  "StateReasonCode",
  "LastUpdateStatus",
  "LastUpdateStatusReason",
  "LastUpdateStatusReasonCode",
  // Lambda rolls runtimes forward on its own.
  "RuntimeVersionConfig",
  "CodeSha256",
  "CodeSize",
  "MemorySize",
  "Timeout",
  "Description",
]);

/**
 * One fingerprint of all settings that a user can change besides memory, timeout, description and code.
 *
 * Settings that future APIs add are part of it without a change here. Environment variables enter as a hash alone.
 */
export const settingsDigest = (configuration: FunctionConfiguration): string =>
  createHash("sha256")
    .update(JSON.stringify(canonical(settingsOf(configuration))))
    .digest("hex");

const settingsOf = (configuration: FunctionConfiguration): Record<string, unknown> => {
  const { SnapStart: snapStart, ...others } = configuration;
  return {
    ...Object.fromEntries(Object.entries(others).filter(([name]) => !ignored.has(name))),
    // The optimisation status differs between $LATEST and its versions.
    ...(snapStart?.ApplyOn === undefined ? {} : { SnapStart: snapStart.ApplyOn }),
  };
};

/** The same value with keys in order and without what is undefined. */
const canonical = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, inner]) => inner !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, inner]) => [name, canonical(inner)]),
  );
};
