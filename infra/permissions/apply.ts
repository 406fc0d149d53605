import type { Permission } from "./permission.ts";

/** Apply sets what was recommended, when the request asks for it. */
export const applyPermissions: readonly Permission[] = [
  {
    sid: "ReadTarget",
    why: "Sets nothing unless the target is still what the run has measured, waits until the setting has taken, and moves no alias to a version that is not active.",
    actions: ["lambda:GetFunctionConfiguration"],
    on: "target-and-versions",
  },
  {
    sid: "ChangeTarget",
    why: "Sets the recommended memory and timeout, when a request asks for it.",
    actions: ["lambda:UpdateFunctionConfiguration"],
    on: "target",
  },
  {
    sid: "PublishVersion",
    why: "Publishes the new setting as a version, when a request names an alias.",
    actions: ["lambda:PublishVersion"],
    on: "target",
  },
  {
    sid: "MoveAlias",
    why: "Points the alias that a request names at the new version, and remembers where it pointed.",
    actions: ["lambda:GetAlias", "lambda:UpdateAlias", "lambda:CreateAlias"],
    on: "target-and-versions",
  },
];
