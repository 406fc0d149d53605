import type { TargetConfiguration } from "../../../core/run/target.ts";

/** What of a function is no longer what a report has measured, in words. */
export const changedSince = (measured: TargetConfiguration, now: TargetConfiguration): string[] =>
  (["codeSha256", "settingsSha256", "memorySizeMb", "timeoutSeconds"] as const)
    .filter((name) => measured[name] !== now[name])
    .map((name) => words[name]);

const words = {
  codeSha256: "code",
  settingsSha256: "settings",
  memorySizeMb: "memory",
  timeoutSeconds: "timeout",
} as const;
