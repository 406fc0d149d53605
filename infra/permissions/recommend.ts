import type { Permission } from "./permission.ts";

/** Recommend works from what it is given, but for the count of the run's own state transitions. */
export const recommendPermissions: readonly Permission[] = [
  {
    sid: "ReadOwnHistory",
    why: "Counts the state transitions of the run, retries included, which the report charges. Executions of this state machine and no other; the data that passed between states is left out.",
    actions: ["states:GetExecutionHistory"],
    on: "executions",
  },
];
