import { RestoreFailedError } from "../core/errors/restore-failed-error.ts";
import { buildReport } from "../core/report/build-report.ts";
import type { Report, Restoration } from "../core/report/schema.ts";
import { toolVersion } from "../core/tool-version.ts";
import { describeWarning, type Warning } from "../core/warning.ts";
import { type ExecutionState, executionStateSchema } from "./execution-state.ts";
import { engineFacts } from "./engine-facts.ts";
import type { HandlerContext } from "./handler-context.ts";
import { busyMachine } from "./recommending/busy-machine.ts";
import { countRunTransitions } from "./recommending/count-run-transitions.ts";
import type { Recommended } from "./recommending/recommended.ts";
import { observationOf, runWarnings } from "./recommending/run-warnings.ts";
import { whatToApply } from "./recommending/what-to-apply.ts";

/** Recommend: makes the report, and says what is to happen with it. */
export const handler = async (event: unknown, context: HandlerContext): Promise<Recommended> => {
  const state = executionStateSchema.parse(event);
  const restoration = state.restoration ?? notRestored(state);
  const restored = restoration.leftovers.length === 0;
  const wanted = state.request.apply.memory || state.request.apply.timeout;
  const counted = await countRunTransitions(state, wanted, context.signal);
  const report = reportOf(state, restoration, counted);
  const { apply, applyWanted, warnings } = whatToApply(state.request.apply, report);
  const warned = warnings.reduce(withWarning, report);
  const reportKey = `reports/${state.target.functionName}/${state.run.id}.json`;
  return {
    run: { id: state.run.id },
    target: state.target,
    report: warned,
    apply,
    applyWanted,
    restored,
    reportKey,
    announcement: announcementOf(warned, reportKey),
    ifNotStored: { warnings: withWarning(warned, { kind: "report-not-stored", reason: notStored }).warnings },
    ...(restored ? {} : { failure: restoreFailure(state, restoration) }),
  };
};

const notStored = "the execution's history says why; the execution's output still holds it.";

const reportOf = (
  state: ExecutionState,
  restoration: Restoration,
  counted: Awaited<ReturnType<typeof countRunTransitions>>,
): Report => {
  const { observation, warnings } = observationOf(state);
  return buildReport({
    state: {
      ...state,
      warnings: [
        ...state.warnings,
        ...warnings,
        ...counted.warnings,
        ...runWarnings(state, restoration),
        ...busyMachine(state, engineFacts()),
      ],
      // A size that Measure was asked for says itself that it is unavailable.
      unavailable: state.unavailable.filter(
        (size) => !state.measurements.some(({ memorySizeMb }) => memorySizeMb === size.memorySizeMb),
      ),
    },
    restoration,
    ...(observation === undefined ? {} : { observation }),
    finishedAt: new Date().toISOString(),
    transitions: counted.transitions,
    tunerGbSeconds: state.overhead.tunerGbSeconds,
    toolVersion,
    ...(state.cpuBackend === undefined ? {} : { cpuBackend: state.cpuBackend }),
  });
};

const withWarning = (report: Report, warning: Warning): Report => ({
  ...report,
  warnings: [...report.warnings, { ...warning, message: describeWarning(warning) }],
});

const announcementOf = (report: Report, reportKey: string): Recommended["announcement"] => ({
  functionArn: report.functionArn,
  runId: report.run.id,
  finding: report.finding,
  findingReasonCodes: report.findingReasonCodes,
  currentMemorySizeMb: report.currentMemorySize,
  spentUsd: report.run.cost.actual.total,
  reportKey,
  ...(report.recommendation === undefined
    ? {}
    : {
        recommendedMemorySizeMb: report.recommendation.memorySizeMb,
        recommendedTimeoutSeconds: report.recommendation.timeoutSeconds,
        conclusive: report.recommendation.conclusive,
      }),
});

const restoreFailure = ({ run, target }: ExecutionState, restoration: Restoration): Recommended["failure"] => {
  const error = new RestoreFailedError(target.functionArn, run.id, restoration.leftovers);
  return { Error: error.name, Cause: error.message };
};

/** Recommend comes after CleanUp; without its answer nothing is known to be restored. */
const notRestored = ({ run, target }: ExecutionState): Restoration => ({
  before: target.original,
  equal: false,
  leftovers: [`the clean-up gave no answer; put the target back with: lambda-tuner restore ${run.id}`],
});
