import type { Report } from "../../core/report/schema.ts";
import type { Call } from "../command.ts";
import { EnvironmentError } from "../errors/environment-error.ts";
import { type ExitCode, exitCodes } from "../exit-codes.ts";
import { renderReport } from "../output/render-report.ts";
import { writeResult } from "../output/write-result.ts";
import { nextStep } from "./next-step.ts";
import { storeReport } from "../reports/reports-folder.ts";

/**
 * Keeps a run's report and shows it.
 *
 * @param document - The report as it came, where a newer version may have added fields.
 */
export const deliverReport = async (report: Report, call: Call, document: unknown = report): Promise<ExitCode> => {
  // Neither waits for the other: a disk that hangs keeps no result back, and a pager left open no report.
  const keeping = keepReport(report, call);
  const text = await renderReport(report, call.shared, document);
  const code = await writeResult(text, call, codeOf(report)).catch(async (error: unknown) => {
    throw withPlace(error, await keeping);
  });
  const stored = await keeping;
  const next = nextStep(report, stored);
  const lines = [...(stored === undefined ? [] : [`Report: ${stored}`]), ...(next === undefined ? [] : [next])];
  if (lines.length > 0) call.notes.say(["", ...lines].join("\n"));
  return code;
};

/** Keeps a report that a failed run has left behind. */
export const keepReportOfFailure = async (report: Report, call: Call): Promise<void> => {
  const stored = await keepReport(report, call);
  if (stored !== undefined) call.notes.say(`The run failed after its report was made: ${stored}`);
};

/** A report that cannot be kept is still shown: the disk is not what was asked about. */
const keepReport = async (report: Report, { notes }: Call): Promise<string | undefined> => {
  try {
    return await storeReport(report);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    notes.warn(`the report could not be kept under .lambda-tuner (${reason}); it is in the output alone.`);
    return undefined;
  }
};

/** A result that could not be written, with where its report is kept all the same. */
const withPlace = (error: unknown, stored: string | undefined): unknown =>
  error instanceof EnvironmentError && stored !== undefined
    ? new EnvironmentError(`${error.message} The report is kept: lambda-tuner report ${stored} shows it.`, {
        cause: error.cause,
      })
    : error;

const codeOf = ({ recommendation }: Report): ExitCode => {
  if (recommendation === undefined) return exitCodes.failed;
  return recommendation.conclusive ? exitCodes.done : exitCodes.inconclusive;
};
