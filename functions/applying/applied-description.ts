import type { FoundAlias } from "../aws/aliases.ts";

/** Longest description that Lambda takes. */
const longestDescription = 256;

/**
 * Description of a version that serves a run's advice.
 *
 * It says where the alias pointed: Lambda answers a repeated publication with the version that is there, and the alias
 * points to that one by then.
 */
export const appliedDescription = (runId: string, { name, version }: FoundAlias): string => {
  const full = version === undefined ? undefined : `${beginning(runId, name)}${version}`;
  return full === undefined || full.length > longestDescription ? advice(runId) : full;
};

/** Where an alias pointed before it served a run's advice, as a description remembers it. */
export const versionBefore = (runId: string, alias: string, description = ""): string | undefined => {
  const start = beginning(runId, alias);
  return description.startsWith(start) ? description.slice(start.length) : undefined;
};

const advice = (runId: string): string => `Setting recommended by lambda-tuner run ${runId}`;

const beginning = (runId: string, alias: string): string => `${advice(runId)}; ${alias} was at version `;
