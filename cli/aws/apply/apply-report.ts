import type { Applied, Recommendation, Report } from "../../../core/report/schema.ts";
import type { TargetConfiguration } from "../../../core/run/target.ts";
import { applySetting, readAliasVersion } from "../../../local/direct/apply-setting.ts";
import type { Call } from "../../command.ts";
import { UsageError } from "../../errors/usage-error.ts";
import { type ExitCode, exitCodes } from "../../exit-codes.ts";
import { confirm } from "../../output/confirm.ts";
import { terminalOf } from "../../output/terminal.ts";
import { writeResult } from "../../output/write-result.ts";
import { loadReport } from "../../reports/load-report.ts";
import { storeReport } from "../../reports/reports-folder.ts";
import { callingAws } from "../calling-aws.ts";
import { cautionsAbout } from "./cautions.ts";
import { changedSince } from "./changed-since.ts";
import { joinedApplication } from "./joined-application.ts";
import { reportOnFunction } from "./report-on-function.ts";
import {
  changesAnything,
  describeChange,
  newVersion,
  renderChange,
  type Setting,
  type SettingChange,
} from "./setting-change.ts";

/** Sets what a report recommends on its function, after showing it and asking. */
export const applyReport = async (call: Call): Promise<ExitCode> => {
  const { report, settings, now } = await reportOnFunction(call);
  const recommendation = recommendationOf(report);
  const { functionArn } = report;
  const alias = textOf(call, "--alias");
  const after = wantedSetting(call, recommendation, now);
  requireMeasured(call, report, now, after);
  const aliasVersion =
    alias === undefined
      ? undefined
      : await callingAws(settings, "lambda:GetAlias", functionArn, () =>
          readAliasVersion(settings, functionArn, alias),
        );
  const before: Setting = settingOf(now, aliasVersion);
  const planned: SettingChange = { functionArn, before, after, ...(alias === undefined ? {} : { alias }) };
  if (alias === undefined && !changesAnything(planned)) {
    call.notes.say("The function has these settings already: nothing to do.");
    return show(planned, call);
  }
  explain(call, report, planned);
  await confirm("Apply this?", call);
  const { applied, failure } = await callingAws(settings, "lambda:UpdateFunctionConfiguration", functionArn, () =>
    applySetting(
      settings,
      {
        functionArn,
        original: now,
        change: {
          ...(after.memorySizeMb === now.memorySizeMb ? {} : { memorySizeMb: after.memorySizeMb }),
          ...(after.timeoutSeconds === now.timeoutSeconds ? {} : { timeoutSeconds: after.timeoutSeconds }),
        },
        ...(alias === undefined ? {} : { alias }),
        runId: report.run.id,
      },
      async (pending) => tellOfWait(call, report, pending),
    ),
  );
  const joined = await joinedWithEarlier(report, applied);
  const done: SettingChange = { ...planned, after: settingOf(after, applied.version), applied: joined };
  if (failure !== undefined || changesAnything(done)) await keep({ ...report, applied: joined }, call);
  else call.notes.say("The function and its alias have this setting already: nothing was changed.");
  if (failure !== undefined) {
    await callingAws(settings, "lambda:UpdateAlias", functionArn, () => Promise.reject(failure));
  }
  return show(done, call);
};

const recommendationOf = ({ recommendation, run }: Report): Recommendation => {
  if (recommendation !== undefined) return recommendation;
  throw new UsageError(`The report of run ${run.id} recommends nothing: no size could be measured.`);
};

const wantedSetting = (
  call: Call,
  { memorySizeMb, timeoutSeconds }: Recommendation,
  now: TargetConfiguration,
): Setting => {
  const only = textOf(call, "--only");
  return {
    memorySizeMb: only === "timeout" ? now.memorySizeMb : memorySizeMb,
    timeoutSeconds: only === "memory" ? now.timeoutSeconds : timeoutSeconds,
  };
};

/** Advice holds for what was measured. Memory and timeout may already be what is wanted: then applying is repeated. */
const requireMeasured = (call: Call, { restoration, run }: Report, now: TargetConfiguration, after: Setting): void => {
  if (call.given.get("--force")?.value === true) return;
  const wanted: TargetConfiguration = { ...restoration.before, ...after };
  const changes = changedSince(restoration.before, now);
  if (changes.length === 0 || changedSince(wanted, now).length === 0) return;
  throw new UsageError(
    `The function has changed since run ${run.id} measured it (${changes.join(", ")}), so the advice may not hold. Tune it again, or apply the report all the same with --force.`,
  );
};

const settingOf = ({ memorySizeMb, timeoutSeconds }: Setting, aliasVersion: string | undefined): Setting => ({
  memorySizeMb,
  timeoutSeconds,
  ...(aliasVersion === undefined ? {} : { aliasVersion }),
});

const explain = ({ notes }: Call, report: Report, planned: SettingChange): void => {
  const { functionVersion } = report;
  for (const caution of cautionsAbout(report, planned)) notes.warn(caution);
  const { alias, after } = planned;
  const shown = alias === undefined ? planned : { ...planned, after: { ...after, aliasVersion: newVersion } };
  for (const line of describeChange(shown, notes.paint)) notes.ask(line);
  if (alias === undefined && functionVersion !== "$LATEST") {
    notes.warn(
      `${functionVersion} keeps its version: only $LATEST is changed. --alias moves an alias to the new setting.`,
    );
  }
};

/** The wait may take minutes, in which somebody may press Ctrl-C: what undoes the setting is kept before it. */
const tellOfWait = async (call: Call, report: Report, pending: Applied): Promise<void> => {
  await keep({ ...report, applied: await joinedWithEarlier(report, pending) }, call);
  call.notes.say(
    `Waiting for version ${pending.version} to become Active, which takes minutes with SnapStart: ${textOf(call, "--alias")} is left as it is until then.`,
  );
};

const joinedWithEarlier = async (report: Report, applied: Applied): Promise<Applied> =>
  joinedApplication(await earlierApplication(report), applied);

/** What the report that `apply` keeps says of an earlier application; the report given may be an older copy of it. */
const earlierApplication = async ({ run, applied }: Report): Promise<Applied | undefined> => {
  try {
    return (await loadReport(run.id)).report.applied ?? applied;
  } catch (error) {
    if (error instanceof UsageError) return applied;
    throw error;
  }
};

/** What `rollback` works from. */
const keep = async (report: Report, { notes }: Call): Promise<void> => {
  try {
    notes.say(`Undo it with: lambda-tuner rollback ${await storeReport(report)}`);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    notes.warn(
      `how to undo it could not be kept under .lambda-tuner (${reason}); it is in the output of --output json.`,
    );
  }
};

const show = (change: SettingChange, call: Call): Promise<ExitCode> =>
  writeResult(renderChange(change, call.shared.output, terminalOf(call.shared).paint), call, exitCodes.done);

const textOf = ({ given }: Call, flag: string): string | undefined => {
  const value = given.get(flag)?.value;
  return value === undefined ? undefined : String(value);
};
