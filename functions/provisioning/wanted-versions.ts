import { versionsOf } from "../../core/planning/versions-of.ts";
import type { RunVersion, UnavailableSize } from "../../core/run/run-state.ts";
import type { Job } from "../../core/sampling/decision.ts";
import type { WantedVersion } from "./publish-size.ts";

/**
 * The versions that a round still needs.
 *
 * One a size, which every later round uses again, and further ones where cold starts are to be forced: only a new
 * version is sure to start new environments, one for each of the job's lanes.
 */
export const wantedVersions = (
  jobs: readonly Job[],
  versions: readonly RunVersion[],
  unavailable: readonly UnavailableSize[],
): WantedVersion[] =>
  jobs
    .filter(({ memorySizeMb }) => !unavailable.some((size) => size.memorySizeMb === memorySizeMb))
    .flatMap((job) => {
      const { memorySizeMb } = job;
      const there = versions.filter((version) => version.memorySizeMb === memorySizeMb).length;
      return Array.from({ length: Math.max(0, versionsOf(job) - there) }, (_, index) => ({
        memorySizeMb,
        number: there + index + 1,
      }));
    });
