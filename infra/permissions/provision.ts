import type { Permission } from "./permission.ts";

/** Provision publishes one version of the target for each size, and puts `$LATEST` back. */
export const provisionPermissions: readonly Permission[] = [
  {
    sid: "ReadTarget",
    why: "Every change is conditional on the revision just read, and new versions are waited for.",
    actions: ["lambda:GetFunctionConfiguration"],
    on: "target-and-versions",
  },
  {
    sid: "FindVersionsOfRun",
    why: "Finds the versions that this run has published already, by their descriptions.",
    actions: ["lambda:ListVersionsByFunction"],
    on: "target",
  },
  {
    sid: "SetMemory",
    why: "Sets each size on $LATEST just long enough to publish it, and sets the original back before the run invokes anything. Callers of $LATEST meet the sizes meanwhile.",
    actions: ["lambda:UpdateFunctionConfiguration"],
    on: "target",
  },
  {
    sid: "PublishVersions",
    why: "Sizes are measured on versions, so that the run's invocations never reach $LATEST or an alias.",
    actions: ["lambda:PublishVersion"],
    on: "target",
  },
  {
    sid: "UseLock",
    why: "Sets and publishes nothing once a clean-up has released the run's lock, and notes in it which sizes $LATEST may have meanwhile.",
    actions: ["dynamodb:GetItem", "dynamodb:UpdateItem"],
    on: "lock-table",
  },
];
