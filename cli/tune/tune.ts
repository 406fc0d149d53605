import { RunFailedError } from "../../core/errors/run-failed-error.ts";
import { formatTimeout } from "../../core/report/format-duration.ts";
import { formatMemory } from "../../core/report/format-memory.ts";
import type { Report } from "../../core/report/schema.ts";
import { describeWarning, type Warning } from "../../core/warning.ts";
import type { Call } from "../command.ts";
import { type ExitCode, exitCodes } from "../exit-codes.ts";
import { renderReport } from "../output/render-report.ts";
import { requireOutput } from "../output/require-output.ts";
import { writeResult } from "../output/write-result.ts";
import { storeReport } from "../reports/reports-folder.ts";
import { type PreparedRun, prepareRun } from "./prepare-run.ts";
import { renderDryRun } from "./render-dry-run.ts";
import { runLocal } from "./run-local.ts";

/** Prepares a run, makes it, keeps its report and shows it. */
export const tune = async (call: Call): Promise<ExitCode> => {
  const run = await prepareRun(call);
  if (run.request.dryRun) requireOutput(call, ["table", "json"]);
  announce(run, call);
  try {
    const result = await runLocal(run, call);
    if (result.kind === "dry-run") {
      const code = result.dryRun.invocation.status === "ok" ? exitCodes.done : exitCodes.failed;
      return await writeResult(renderDryRun(result.dryRun, call.shared), call, code);
    }
    const report = completed(result.report, run);
    const stored = await keep(report, call);
    const code = await writeResult(await renderReport(report, call.shared), call, codeOf(report));
    if (stored !== undefined) call.notes.say(`\nReport: ${stored}`);
    return code;
  } catch (error) {
    if (error instanceof RunFailedError && error.report !== undefined) {
      const stored = await keep(completed(error.report, run), call);
      if (stored !== undefined) call.notes.say(`The run failed after its report was made: ${stored}`);
    }
    throw error;
  }
};

const announce = ({ functionName, local, assumed }: PreparedRun, { notes }: Call): void => {
  const settings = `${formatMemory(local.memorySizeMb)} and ${formatTimeout(local.timeoutSeconds)}`;
  notes.say(
    assumed.length === 0
      ? `Tuning ${functionName}, which has ${settings} now.`
      : `Tuning ${functionName}, assumed to have ${settings} now (--current-memory and --current-timeout say otherwise).`,
  );
};

/** The engine's report with what only the command line knows; its copy in the engine's own storage is gone by now. */
const completed = (report: Report, { assumed, local, warnings }: PreparedRun): Report => {
  const { reportUri: _gone, ...rest } = report;
  const { memorySizeMb, timeoutSeconds } = local;
  const own: Warning[] = [
    ...warnings,
    ...(assumed.length === 0 ? [] : [{ kind: "current-settings-assumed" as const, memorySizeMb, timeoutSeconds }]),
  ];
  const worded = own.map((warning) => Object.assign({}, warning, { message: describeWarning(warning) }));
  return { ...rest, warnings: [...worded, ...report.warnings] };
};

/** A report that cannot be kept is still shown: the disk is not what was asked about. */
const keep = async (report: Report, { notes }: Call): Promise<string | undefined> => {
  try {
    return await storeReport(report);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    notes.warn(`the report could not be kept under .lambda-tuner (${reason}); it is in the output alone.`);
    return undefined;
  }
};

const codeOf = ({ recommendation }: Report): ExitCode => {
  if (recommendation === undefined) return exitCodes.failed;
  return recommendation.conclusive ? exitCodes.done : exitCodes.inconclusive;
};
