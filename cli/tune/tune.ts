import type { Call } from "../command.ts";
import { UsageError } from "../errors/usage-error.ts";
import type { ExitCode } from "../exit-codes.ts";
import { inGivenNames } from "./in-given-names.ts";
import { type ResolvedTarget, resolveTarget } from "./resolve-target.ts";

/** Tunes a path on this machine, a deployed function in AWS, or follows a run that is under way there. */
export const tune = async (call: Call): Promise<ExitCode> => {
  const [named] = call.arguments;
  const followed = call.given.get("--follow");
  if (followed !== undefined) {
    if (named !== undefined) {
      throw new UsageError(`${followed.typedAs} follows a run that was started before: leave the target out.`);
    }
    const { followEarlierRun } = await import("../aws/follow-earlier-run.ts");
    return followEarlierRun(String(followed.value), call);
  }
  if (named === undefined) {
    throw new UsageError("missing required argument 'target': a path, a name in the config, or a deployed function.");
  }
  const target = await resolveTarget(named, call.shared.config);
  try {
    return await tuneTarget(target, call);
  } catch (error) {
    throw inGivenNames(error, target, call.given);
  }
};

const tuneTarget = async (target: ResolvedTarget, call: Call): Promise<ExitCode> => {
  if (target.kind === "local") {
    const { tuneLocal } = await import("./tune-local.ts");
    return tuneLocal(target, call);
  }
  const { tuneDeployed } = await import("../aws/tune-deployed.ts");
  return tuneDeployed(target, call);
};
