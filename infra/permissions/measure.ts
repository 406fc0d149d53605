import type { Permission } from "./permission.ts";

/** Measure invokes the versions of a run, and what a request names to prepare and follow each invocation. */
export const measurePermissions: readonly Permission[] = [
  {
    sid: "InvokeVersions",
    why: "Invokes the versions that a run published; never $LATEST without a qualifier.",
    actions: ["lambda:InvokeFunction"],
    on: "target-versions",
  },
  {
    sid: "InvokeProcessors",
    why: "Runs the pre- and post-processor that a request names.",
    actions: ["lambda:InvokeFunction"],
    on: "processors",
  },
  {
    sid: "ReadPayloads",
    why: "Reads the payloads that a request keeps in S3.",
    actions: ["s3:GetObject"],
    on: "payloads",
  },
];
