import type { Permission } from "./permission.ts";

/** Plan reads the target and what the account allows, and changes nothing. */
export const planPermissions: readonly Permission[] = [
  {
    sid: "ReadTarget",
    why: "Reads the target's configuration, and that of the version or alias that a request names.",
    actions: ["lambda:GetFunctionConfiguration"],
    on: "target-and-versions",
  },
  {
    sid: "ReadReservedConcurrency",
    why: "Keeps a run's invocations within half of the target's reserved concurrency.",
    actions: ["lambda:GetFunctionConcurrency"],
    on: "target",
  },
  {
    sid: "ReadAccountLimits",
    why: "Keeps a run's invocations, with the functions that measure them, below what the account has unreserved. AWS grants it for the whole account only.",
    actions: ["lambda:GetAccountSettings"],
    on: "nothing-narrower",
  },
  {
    sid: "ReadMetrics",
    why: "Estimates the spend from the target's mean duration of the last days. CloudWatch grants metrics for the whole account only.",
    actions: ["cloudwatch:GetMetricData"],
    on: "nothing-narrower",
  },
  {
    sid: "TryTarget",
    why: "Checks before anything changes that the target may be invoked; a dry run of the tuner invokes it once.",
    actions: ["lambda:InvokeFunction"],
    on: "target-and-versions",
  },
  {
    sid: "TryPreProcessor",
    why: "A dry run of the tuner prepares its one payload with the request's pre-processor.",
    actions: ["lambda:InvokeFunction"],
    on: "processors",
  },
  {
    sid: "ReadPayloads",
    why: "Reads the payloads that a request keeps in S3, so that a missing object fails before anything is paid for.",
    actions: ["s3:GetObject"],
    on: "payloads",
  },
];
