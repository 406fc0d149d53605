import type { DryRun } from "../../core/planning/dry-run.ts";
import { describeBasis } from "../../core/planning/estimate-basis.ts";
import { formatDuration, formatTimeout, formatWait } from "../../core/report/format-duration.ts";
import { formatMemories, formatMemory } from "../../core/report/format-memory.ts";
import { formatCount } from "../../core/report/format-number.ts";
import { printable } from "../../core/report/format-text.ts";
import { formatUsd } from "../../core/report/format-usd.ts";
import { describeWarning } from "../../core/warning.ts";
import type { SharedFlags } from "../flags/shared-flags.ts";
import { expectedWords } from "./expected-words.ts";

/** What a dry run found, as text or as JSON. */
export const renderDryRun = (dryRun: DryRun, { output }: SharedFlags): string => {
  if (output === "json") return `${JSON.stringify(dryRun, undefined, 2)}\n`;
  const { target, jobs, estimate, invocation, warnings } = dryRun;
  const { memorySizeMb, timeoutSeconds } = target.original;
  const took = invocation.durationMs === undefined ? "" : ` after ${formatDuration(invocation.durationMs)}`;
  const failure = invocation.error === undefined ? "" : `: ${printable(invocation.error)}`;
  return [
    `${target.functionName}: dry run, nothing was changed`,
    "",
    `Now         ${formatMemory(memorySizeMb)}, ${formatTimeout(timeoutSeconds)}, ${target.architecture}, ${target.region}`,
    `Invoked     once: ${invocation.status}${took}${failure}`,
    `Would try   ${formatMemories(jobs.map((job) => job.memorySizeMb))} first`,
    `Samples     ${formatCount(estimate.invocations, "invocation")} expected`,
    `Cost        ${expectedWords(estimate)}, at most ${formatUsd(estimate.worstCaseUsd)}`,
    `Time        about ${formatWait(estimate.expectedSeconds)}, at most ${formatWait(estimate.worstCaseSeconds)}`,
    ...(estimate.basis === undefined ? [] : [`Based on    ${describeBasis(estimate.basis)}`]),
    ...warnings.map((warning) => `! ${printable(describeWarning(warning))}`),
    "",
  ].join("\n");
};
