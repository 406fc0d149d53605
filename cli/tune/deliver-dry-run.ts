import type { DryRun } from "../../core/planning/dry-run.ts";
import type { Call } from "../command.ts";
import { type ExitCode, exitCodes } from "../exit-codes.ts";
import { writeResult } from "../output/write-result.ts";
import { renderDryRun } from "./render-dry-run.ts";

/** Shows what a dry run found; a function that does not answer is a failure. */
export const deliverDryRun = async (dryRun: DryRun, call: Call): Promise<ExitCode> =>
  writeResult(
    renderDryRun(dryRun, call.shared),
    call,
    dryRun.invocation.status === "ok" ? exitCodes.done : exitCodes.failed,
  );
