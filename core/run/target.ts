import { z } from "zod";

/** What identifies the target's settings before the run, and must be found again after it. */
export const targetConfigurationSchema = z.strictObject({
  memorySizeMb: z.int(),
  timeoutSeconds: z.int(),
  description: z.string(),
  codeSha256: z.string(),
  /** SHA-256 of every other setting that a user can change, in canonical JSON. */
  settingsSha256: z.string(),
});
/** The settings that a run touches or must prove untouched. */
export type TargetConfiguration = z.output<typeof targetConfigurationSchema>;

export const targetSchema = z.strictObject({
  /** Unqualified ARN. */
  functionArn: z.string(),
  functionName: z.string(),
  /** Version or alias the request named, absent for `$LATEST`. */
  qualifier: z.string().optional(),
  accountId: z.string(),
  region: z.string(),
  architecture: z.enum(["x86_64", "arm64"]),
  packageType: z.enum(["Zip", "Image"]),
  runtime: z.string().optional(),
  snapStart: z.boolean(),
  tracing: z.boolean(),
  ephemeralStorageMb: z.int(),
  original: targetConfigurationSchema,
  /** Highest memory that the account may configure, when known to be under 10,240. */
  maxMemoryMb: z.int().optional(),
  /** Invocations that the run may have in flight at once, by the account's and the function's limits. */
  availableConcurrency: z.int().optional(),
});
/** The function being tuned, as Plan found it. */
export type Target = z.output<typeof targetSchema>;
