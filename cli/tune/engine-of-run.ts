import type { EstimateBasis } from "../../core/planning/estimate-basis.ts";
import type { EngineOptions } from "../../local/engine-options.ts";
import type { PreparedRun } from "./prepare-run.ts";

/**
 * The engine for a run of code on this machine: its function as it is set now, in the region whose prices count.
 *
 * @param expectation - What the run's estimate rests on.
 */
export const engineOfRun = (
  { code, functionName, local }: PreparedRun,
  expectation?: EstimateBasis,
): Pick<EngineOptions, "region" | "targets"> => {
  const { memorySizeMb, timeoutSeconds, environment, region } = local;
  return {
    region,
    targets: [
      {
        code: { ...code, name: functionName },
        settings: { memorySizeMb, timeoutSeconds, environment },
        ...(expectation === undefined ? {} : { expectation }),
      },
    ],
  };
};
