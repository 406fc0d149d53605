import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { RunFailedError } from "../../core/errors/run-failed-error.ts";
import type { Report } from "../../core/report/schema.ts";
import type { TuningRequest } from "../../core/request/schema.ts";
import { parseSharedFlags } from "../../cli/flags/shared-flags.ts";
import { createNotes } from "../../cli/output/notes.ts";
import { engineOfRun } from "../../cli/tune/engine-of-run.ts";
import { type PreparedRun, prepareRun } from "../../cli/tune/prepare-run.ts";
import { resolveTarget } from "../../cli/tune/resolve-target.ts";
import { startEngine } from "../../local/engine.ts";

/** Reads an example with its config, as `lambda-tuner tune examples/NAME` does. */
export const prepareExample = async (name: string): Promise<PreparedRun> => {
  const shared = parseSharedFlags({ quiet: true, ci: true }, ["table"]);
  const folder = join(fileURLToPath(new URL("../../examples", import.meta.url)), name);
  const target = await resolveTarget(folder, undefined);
  if (target.kind !== "local") throw new TypeError(`Expected a folder of examples/, got ${name}.`);
  return prepareRun(target, { arguments: [folder], shared, given: new Map(), notes: createNotes(shared) });
};

/** The parts of the example's request that the benchmark sets. */
export interface ExampleChanges extends Partial<Pick<TuningRequest, "memory" | "seed">> {
  readonly sampling: Partial<TuningRequest["sampling"]>;
}

/** Tunes an example once, in an engine of its own as the command line does: nothing is warm or known from before. */
export const tuneExample = async (run: PreparedRun, { sampling, ...changes }: ExampleChanges): Promise<Report> => {
  const { functionName, request } = run;
  const engine = await startEngine(engineOfRun(run));
  try {
    const result = await engine.tune({ ...request, ...changes, sampling: { ...request.sampling, ...sampling } });
    if (result.kind === "report") return result.report;
    throw new TypeError(`The example ${functionName} asks for a dry run, which measures nothing.`);
  } catch (error) {
    // A run can fail after it has measured: what it chose still counts.
    if (error instanceof RunFailedError && error.report !== undefined) return error.report;
    throw error;
  } finally {
    await engine.close();
  }
};
