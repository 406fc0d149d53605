import type { Applied, Report } from "../../../core/report/schema.ts";
import type { TargetConfiguration } from "../../../core/run/target.ts";
import { applySetting, pointAliasBack, readAliasVersion } from "../../../local/direct/apply-setting.ts";
import type { Call } from "../../command.ts";
import { UsageError } from "../../errors/usage-error.ts";
import { type ExitCode, exitCodes } from "../../exit-codes.ts";
import { confirm } from "../../output/confirm.ts";
import { terminalOf } from "../../output/terminal.ts";
import { writeResult } from "../../output/write-result.ts";
import { callingAws } from "../calling-aws.ts";
import { type ReportOnFunction, reportOnFunction } from "./report-on-function.ts";
import { changesAnything, describeChange, renderChange, type Setting, type SettingChange } from "./setting-change.ts";

/** Puts back what was set on a function before a report was applied, after showing it and asking. */
export const rollBackReport = async (call: Call): Promise<ExitCode> => {
  const found = await reportOnFunction(call);
  const { report, settings, now } = found;
  const { functionArn } = report;
  const change = await planRollback(call, found);
  if (changesAnything(change)) {
    for (const line of describeChange(change, call.notes.paint)) call.notes.ask(line);
    await confirm("Put this back?", call);
    await callingAws(settings, "lambda:UpdateFunctionConfiguration", functionArn, async () => {
      // Traffic first: $LATEST may serve nobody.
      if (change.alias !== undefined && change.after.aliasVersion !== undefined) {
        await pointAliasBack(settings, functionArn, change.alias, change.after.aliasVersion);
      }
      const { memorySizeMb, timeoutSeconds } = change.after;
      await applySetting(settings, {
        functionArn,
        original: now,
        change: { memorySizeMb, timeoutSeconds },
        runId: report.run.id,
      });
    });
  } else call.notes.say("The function has these settings already: nothing to do.");
  const text = renderChange(change, call.shared.output, terminalOf(call.shared).paint);
  return writeResult(text, call, exitCodes.done);
};

const planRollback = async (call: Call, { report, settings, now }: ReportOnFunction): Promise<SettingChange> => {
  const { functionArn, applied } = report;
  requireApplied(call, report, now);
  const undone: Setting = { ...memoryAndTimeout(now), ...undoOf(report) };
  const alias = applied?.alias;
  if (alias === undefined) return { functionArn, before: memoryAndTimeout(now), after: undone };
  const current = await callingAws(settings, "lambda:GetAlias", functionArn, () =>
    readAliasVersion(settings, functionArn, alias),
  );
  const before = { ...memoryAndTimeout(now), ...(current === undefined ? {} : { aliasVersion: current }) };
  return { functionArn, alias, before, after: { ...undone, ...aliasAfter(call, applied, current) } };
};

/** An alias that somebody has moved on stays where it is. */
const aliasAfter = (
  { given, notes }: Call,
  applied: Applied | undefined,
  current: string | undefined,
): { readonly aliasVersion?: string } => {
  const back = applied?.undo.aliasVersion;
  const stays = current === undefined ? {} : { aliasVersion: current };
  if (back === undefined) {
    notes.warn(
      `the alias ${applied?.alias} stays: it is new since then, or served this setting before; somebody may call it by now.`,
    );
    return stays;
  }
  if (current !== applied?.version && current !== back && given.get("--force")?.value !== true) {
    throw new UsageError(
      `The alias ${applied?.alias} points to version ${current ?? "(none)"} by now, not to ${applied?.version} that was applied: somebody has moved it. --force moves it back to ${back} all the same.`,
    );
  }
  return { aliasVersion: back };
};

/** Somebody else's setting is not taken back. */
const requireApplied = ({ given }: Call, report: Report, now: TargetConfiguration): void => {
  if (given.get("--force")?.value === true) return;
  const undo = undoOf(report);
  const { memorySizeMb, timeoutSeconds } = report.applied ?? report.recommendation ?? {};
  const isKnown = (current: number, set: number | undefined, before: number | undefined): boolean =>
    before === undefined || current === set || current === before;
  if (
    isKnown(now.memorySizeMb, memorySizeMb, undo.memorySizeMb) &&
    isKnown(now.timeoutSeconds, timeoutSeconds, undo.timeoutSeconds)
  ) {
    return;
  }
  throw new UsageError(
    `The function has ${now.memorySizeMb} MB and ${now.timeoutSeconds} s by now, which is neither what was applied nor what was before: somebody else has set it. --force puts back what was before all the same.`,
  );
};

/** What the run or `apply` recorded; for a report applied by other means, what was found before the run. */
const undoOf = ({ applied, restoration }: Report): Partial<Setting> => {
  const { memorySizeMb, timeoutSeconds } = applied?.undo ?? restoration.before;
  return {
    ...(memorySizeMb === undefined ? {} : { memorySizeMb }),
    ...(timeoutSeconds === undefined ? {} : { timeoutSeconds }),
  };
};

const memoryAndTimeout = ({ memorySizeMb, timeoutSeconds }: TargetConfiguration): Setting => ({
  memorySizeMb,
  timeoutSeconds,
});
