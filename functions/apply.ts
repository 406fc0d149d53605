import { ChangedDuringRunError } from "../core/errors/changed-during-run-error.ts";
import type { Applied } from "../core/report/schema.ts";
import { pointAlias } from "./aws/aliases.ts";
import { changeLatest, type LatestChange } from "./aws/change-latest.ts";
import type { FoundFunction } from "./aws/read-configuration.ts";
import { settledConfiguration } from "./aws/settled-configuration.ts";
import { publishLatest } from "./aws/versions.ts";
import type { HandlerContext } from "./handler-context.ts";
import { type Recommended, recommendedSchema } from "./recommending/recommended.ts";

/** Time kept for the answer, in milliseconds. */
const reserveMs = 20_000;
const attempts = 6;

/**
 * Apply: sets the recommended memory, timeout or both, and puts them behind an alias when the request names one.
 *
 * Starts from the configuration that was measured and from no other, and records what undoes it.
 *
 * @throws {@link ChangedDuringRunError} when somebody else changed the function since.
 */
export const handler = async (event: unknown, context: HandlerContext): Promise<Recommended> => {
  const state = recommendedSchema.parse(event);
  const deadline = Date.now() + context.getRemainingTimeInMillis() - reserveMs;
  const applied = await applyTo(state, deadline);
  return { ...state, report: { ...state.report, applied } };
};

const applyTo = async ({ target, apply, report, run }: Recommended, deadline: number): Promise<Applied> => {
  const { functionArn, original } = target;
  const change: LatestChange = {
    ...(apply.memory && report.recommendation ? { memorySizeMb: report.recommendation.memorySizeMb } : {}),
    ...(apply.timeout && report.recommendation ? { timeoutSeconds: report.recommendation.timeoutSeconds } : {}),
  };
  const latest = await changeLatest(functionArn, original, change, deadline);
  const undo = {
    ...(change.memorySizeMb === undefined ? {} : { memorySizeMb: original.memorySizeMb }),
    ...(change.timeoutSeconds === undefined ? {} : { timeoutSeconds: original.timeoutSeconds }),
  };
  if (apply.alias === undefined) return { ...change, undo };
  const version = await publishApplied(functionArn, latest, run.id, deadline);
  const { previousVersion } = await pointAlias(functionArn, apply.alias, version);
  return {
    ...change,
    version,
    alias: apply.alias,
    undo: { ...undo, ...(previousVersion === undefined ? {} : { aliasVersion: previousVersion }) },
  };
};

/** A version that has this code and configuration already serves as well as a new one. */
const publishApplied = async (
  functionArn: string,
  applied: FoundFunction,
  runId: string,
  deadline: number,
): Promise<string> => {
  let latest = applied;
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const published = await publishLatest(functionArn, latest, `Setting recommended by lambda-tuner run ${runId}`);
    if (published?.Version !== undefined) return published.Version;
    latest = await settledConfiguration(functionArn, deadline);
  }
  throw new ChangedDuringRunError(functionArn, "its revision changed at every attempt to publish it");
};
