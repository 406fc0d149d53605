import { RunFailedError } from "../../core/errors/run-failed-error.ts";
import { formatTimeout } from "../../core/report/format-duration.ts";
import { formatMemory } from "../../core/report/format-memory.ts";
import type { Report } from "../../core/report/schema.ts";
import { describeWarning, type Warning } from "../../core/warning.ts";
import type { Call } from "../command.ts";
import type { ExitCode } from "../exit-codes.ts";
import { requireOutput } from "../output/require-output.ts";
import { deliverDryRun } from "./deliver-dry-run.ts";
import { deliverReport, keepReportOfFailure } from "./deliver-report.ts";
import { inOwnWords } from "./in-own-words.ts";
import { type PreparedRun, prepareRun } from "./prepare-run.ts";
import type { LocalTarget } from "./resolve-target.ts";
import { runLocal, type SeenInRun } from "./run-local.ts";

/** Tunes code on this machine. */
export const tuneLocal = async (target: LocalTarget, call: Call): Promise<ExitCode> => {
  const run = await prepareRun(target, call);
  if (run.request.dryRun) requireOutput(call, ["table", "json"]);
  announce(run, call);
  const seen: SeenInRun = { hasStarted: false };
  try {
    const result = await runLocal(run, call, seen);
    return result.kind === "dry-run"
      ? await deliverDryRun(result.dryRun, call)
      : await deliverReport(completed(result.report, run), call);
  } catch (error) {
    if (error instanceof RunFailedError && error.report !== undefined) {
      await keepReportOfFailure(completed(error.report, run), call);
    }
    throw inOwnWords(error, call.arguments[0] ?? target.path, run, seen);
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

/** The engine's report with what only the command line knows; what was in the engine's own storage is gone by now. */
const completed = (report: Report, { assumed, local, request, largePayloads, warnings }: PreparedRun): Report => {
  const { reportUri: _gone, ...rest } = report;
  const run =
    largePayloads !== undefined && request.logPayloads
      ? { ...report.run, request: { ...report.run.request, payloads: JSON.parse(largePayloads) } }
      : report.run;
  const { memorySizeMb, timeoutSeconds } = local;
  const own: Warning[] = [
    ...warnings,
    ...(assumed.length === 0 ? [] : [{ kind: "current-settings-assumed" as const, memorySizeMb, timeoutSeconds }]),
  ];
  const worded = own.map((warning) => Object.assign({}, warning, { message: describeWarning(warning) }));
  return { ...rest, run, warnings: [...worded, ...report.warnings] };
};
