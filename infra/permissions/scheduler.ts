import type { Permission } from "./permission.ts";

/** EventBridge Scheduler starts the runs that the stack schedules. */
export const schedulerPermissions: readonly Permission[] = [
  {
    sid: "StartRuns",
    why: "Starts scheduled runs of this state machine and no other.",
    actions: ["states:StartExecution"],
    on: "state-machine",
  },
  {
    sid: "KeepUnstartedRuns",
    why: "Keeps a run that could not be started where an alarm sees it.",
    actions: ["sqs:SendMessage"],
    on: "dead-letters",
  },
];
