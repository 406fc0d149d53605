import { loadProductionHistory } from "../../local/endpoint/cloudwatch/production-history.ts";
import { type Engine, startEngine, type TuneResult } from "../../local/engine.ts";
import type { Call } from "../command.ts";
import { interruptible } from "../interruptible.ts";
import { reportSecondSignal } from "../output/second-signal.ts";
import { showProgress } from "../progress/show-progress.ts";
import { latestReport } from "../reports/latest-report.ts";
import { engineOfRun } from "./engine-of-run.ts";
import { localBasis } from "./estimate-run.ts";
import { storePayloads } from "./large-payloads.ts";
import type { PreparedRun } from "./prepare-run.ts";

/** What invocations have told so far. */
export interface SeenInRun {
  /** Whether any of them has come as far as the handler. */
  hasStarted: boolean;
}

/** Tunes code on this machine: starts the engine, follows the run, and ends the engine whatever happens. */
export const runLocal = async (run: PreparedRun, call: Call, seen: SeenInRun): Promise<TuneResult> => {
  const { functionName, local, request, largePayloads, history } = run;
  const display = showProgress(call, { allowedErrors: request.allowedErrors });
  let engine: Engine | undefined;
  try {
    return await interruptible(
      async (signal) => {
        const expectation = localBasis(local, await latestReport(functionName));
        engine = await startEngine({
          ...engineOfRun(run, expectation),
          onInvocation: (event) => {
            if (event.report?.initDurationMs !== undefined) seen.hasStarted = true;
            display.onInvocation(event);
          },
        });
        if (largePayloads !== undefined) await storePayloads(engine.endpoint.objects, largePayloads);
        if (history !== undefined) {
          loadProductionHistory(engine.endpoint.metrics, functionName, history, Date.now());
        }
        signal.throwIfAborted();
        return await engine.tune(request, { signal, onEvent: display.onEvent });
      },
      {
        onFirst: () =>
          display.say("Stopping: no new invocation is sent, and the function is put back. Ctrl-C again ends at once."),
        onSecond: (error) => {
          display.stop();
          const left = "The function lived in this process alone and its files were never changed: nothing to repair.";
          reportSecondSignal(call, error, left);
        },
      },
    );
  } finally {
    display.stop();
    await engine?.close();
  }
};
