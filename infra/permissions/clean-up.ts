import type { Permission } from "./permission.ts";

/** CleanUp removes what a run made, and proves that the target is as it was. */
export const cleanUpPermissions: readonly Permission[] = [
  {
    sid: "ReadTarget",
    why: "Compares the target's configuration with the record made before the run.",
    actions: ["lambda:GetFunctionConfiguration"],
    on: "target",
  },
  {
    sid: "FindVersionsOfRun",
    why: "Finds the versions that the run has published, by their descriptions.",
    actions: ["lambda:ListVersionsByFunction"],
    on: "target",
  },
  {
    sid: "RestoreTarget",
    why: "Puts memory and description of $LATEST back when a run was interrupted while they were changed.",
    actions: ["lambda:UpdateFunctionConfiguration"],
    on: "target",
  },
  {
    sid: "DeleteVersions",
    why: "Deletes the versions of the run. Granted on qualified ARNs alone: the function itself cannot be deleted with it.",
    actions: ["lambda:DeleteFunction"],
    on: "target-versions",
  },
  {
    sid: "ReleaseLocks",
    why: "Finds the locks of runs that ended badly with what they had set, and removes them once their targets are clean.",
    actions: ["dynamodb:Scan", "dynamodb:DeleteItem"],
    on: "lock-table",
  },
  {
    sid: "KeepFailedCleanUps",
    why: "Lambda keeps, in this role's name, the event of a clean-up that failed at every attempt, where an alarm sees it.",
    actions: ["sqs:SendMessage"],
    on: "dead-letters",
  },
];
