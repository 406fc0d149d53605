import { ChangedDuringRunError } from "../core/errors/changed-during-run-error.ts";
import { describeInherited } from "../core/run/inherited-version.ts";
import type { TargetConfiguration } from "../core/run/target.ts";
import { differences } from "./aws/change-latest.ts";
import { forgetTrialSizes } from "./aws/locks.ts";
import { isSameConfiguration } from "./aws/read-configuration.ts";
import { restoreLatest, type RunOnTarget } from "./aws/restore-latest.ts";
import { atTrialSize, versionsOfRun } from "./aws/versions.ts";
import { type ExecutionState, executionStateSchema } from "./execution-state.ts";
import type { HandlerContext } from "./handler-context.ts";
import { awaitActive } from "./provisioning/await-active.ts";
import { publishSize } from "./provisioning/publish-size.ts";
import type { Provisioned } from "./provisioning/provisioned.ts";
import { sizeRefusal } from "./provisioning/size-refusal.ts";
import { wantedVersions } from "./provisioning/wanted-versions.ts";
import { stopwatch } from "./stopwatch.ts";

/** Time kept for restoring `$LATEST`, whatever else is left undone. */
const reserveForRestoreMs = 60_000;
/** A size is not begun with less time than its update and its publication may take. */
const timeForOneSizeMs = 60_000;

/**
 * Provision: publishes one version a size for the sizes of this round that have none, and puts `$LATEST` back before
 * anything is invoked.
 *
 * Stops at its own deadline and says whether it is finished; calling it again goes on, since a run's versions are known
 * by their descriptions.
 */
export const handler = async (event: unknown, context: HandlerContext): Promise<Provisioned> => {
  const state = executionStateSchema.parse(event);
  const deadline = Date.now() + context.getRemainingTimeInMillis() - reserveForRestoreMs;
  const calls = (state.provisioned?.calls ?? 0) + 1;
  const gbSeconds = stopwatch();
  const cost = (): number => (state.provisioned?.tunerGbSeconds ?? 0) + gbSeconds();
  const published = await publishAll(state, deadline, context.signal);
  if (!published.finished) return { ...published, calls, tunerGbSeconds: cost() };
  const { finished, failed } = await awaitActive(state.target.functionArn, published.versions, deadline, calls);
  return {
    versions: published.versions.filter(
      ({ memorySizeMb }) => !failed.some((size) => size.memorySizeMb === memorySizeMb),
    ),
    unavailable: [...published.unavailable, ...failed],
    finished,
    calls,
    tunerGbSeconds: cost(),
  };
};

const publishAll = async (
  state: ExecutionState,
  deadline: number,
  signal: AbortSignal | undefined,
): Promise<Pick<Provisioned, "versions" | "unavailable" | "finished">> => {
  const { run, target, jobs } = state;
  const { functionArn, original } = target;
  const { own: known } = await versionsOfRun(functionArn, run.id);
  const versions = known.map(({ memorySizeMb, version }) => ({ memorySizeMb, version }));
  const unavailable = [...(state.provisioned?.unavailable ?? state.unavailable)];
  const wanted = wantedVersions(jobs, versions, unavailable);
  const onTarget: RunOnTarget = { functionArn, runId: run.id, original };
  let latest: TargetConfiguration = (await restoreLatest(onTarget, () => [], deadline)).configuration;
  if (!isSameConfiguration(latest, original)) {
    throw new ChangedDuringRunError(functionArn, "its configuration is not what it was when the run began");
  }
  let trialSizesMb: readonly number[] = [];
  try {
    for (const next of wanted) {
      if (unavailable.some(({ memorySizeMb }) => memorySizeMb === next.memorySizeMb)) continue;
      signal?.throwIfAborted();
      if (Date.now() + timeForOneSizeMs > deadline) return { versions, unavailable, finished: false };
      trialSizesMb = [latest.memorySizeMb, next.memorySizeMb];
      try {
        const done = await publishSize(target, run.id, next, latest, deadline);
        versions.push(done.version);
        latest = done.latest;
      } catch (error) {
        const reason = sizeRefusal(error);
        if (reason === undefined) throw error;
        unavailable.push({ memorySizeMb: next.memorySizeMb, reason: reason.slice(0, longestReason) });
      }
    }
    return { versions, unavailable, finished: true };
  } finally {
    await putBack(onTarget, trialSizesMb, deadline + reserveForRestoreMs / 2);
  }
};

/** Restores before any invocation, and makes sure that it did. A size that somebody sets from then on is theirs. */
const putBack = async (run: RunOnTarget, trialSizesMb: readonly number[], deadline: number): Promise<void> => {
  const { functionArn, original } = run;
  const { configuration } = await restoreLatest(run, () => trialSizesMb, deadline);
  await forgetTrialSizes(run);
  if (isSameConfiguration(configuration, original)) return;
  const inherited = atTrialSize(await versionsOfRun(functionArn, run.runId), original);
  throw new ChangedDuringRunError(
    functionArn,
    `different since versions were being published: ${differences(original, configuration)}`,
    { notice: inherited.length === 0 ? undefined : describeInherited(inherited, configuration.memorySizeMb) },
  );
};

const longestReason = 300;
