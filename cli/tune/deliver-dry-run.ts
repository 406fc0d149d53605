import type { DryRun } from "../../core/planning/dry-run.ts";
import { printable } from "../../core/report/format-text.ts";
import type { Call } from "../command.ts";
import { type ExitCode, exitCodes } from "../exit-codes.ts";
import { writeResult } from "../output/write-result.ts";
import { renderDryRun } from "./render-dry-run.ts";

/** Shows what a dry run found; a function that does not answer is a failure. */
export const deliverDryRun = async (dryRun: DryRun, call: Call): Promise<ExitCode> => {
  const { target, invocation } = dryRun;
  const hasAnswered = invocation.status === "ok";
  const code = await writeResult(
    renderDryRun(dryRun, call.shared),
    call,
    hasAnswered ? exitCodes.done : exitCodes.failed,
  );
  if (!hasAnswered) {
    const reason = printable(invocation.error ?? invocation.status);
    call.notes.fail(`${target.functionName} failed in the one invocation of the dry run: ${reason}`);
  }
  return code;
};
