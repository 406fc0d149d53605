import type { PlatformReport } from "../function-runner.ts";
import type { InvocationTarget } from "./invocation-target.ts";

/**
 * The report of a cold start as SnapStart shows it: a published version was initialised when it was published, and a
 * cold start restores its snapshot instead. Runners know no snapshots: the restore takes as long as the init phase did.
 */
export const asRestored = (report: PlatformReport, { version, deployment }: InvocationTarget): PlatformReport => {
  const applies = deployment.settings.SnapStart?.ApplyOn === "PublishedVersions" && version !== "$LATEST";
  const { initDurationMs, ...others } = report;
  return applies && initDurationMs !== undefined ? { ...others, restoreDurationMs: initDurationMs } : report;
};
