import { formatDuration } from "./format-duration.ts";
import { formatMemory } from "./format-memory.ts";
import { formatCount } from "./format-number.ts";
import { formatOdds, formatShare } from "./format-percent.ts";
import { formatUsd } from "./format-usd.ts";
import type { Production, Report } from "./schema.ts";

/** What production shows, in plain sentences; absent when nothing of it was read. */
export const productionStatement = (report: Report): string | undefined => {
  const { production } = report;
  if (production === undefined) return undefined;
  return [
    observed(production, report.currentMemorySize),
    health(production),
    coldStartSentence(report),
    production.provisionedConcurrency?.explanation,
  ]
    .filter((sentence) => sentence !== undefined)
    .join(" ");
};

const observed = ({ invocations, resource, lookbackDays, durationMs }: Production, currentMb: number): string => {
  const durations = [
    durationMs?.p50 === undefined ? "" : `p50 ${formatDuration(durationMs.p50)}`,
    durationMs?.p99 === undefined ? "" : `p99 ${formatDuration(durationMs.p99)}`,
    durationMs?.max === undefined ? "" : `the slowest ${formatDuration(durationMs.max)}`,
  ].filter((part) => part !== "");
  const seen = durations.length === 0 ? "" : ` at ${formatMemory(currentMb)}: ${durations.join(", ")}`;
  return `${formatCount(invocations, "invocation")}${scopeWords(resource)} in ${formatCount(lookbackDays, "day")}${seen}.`;
};

/** Whose invocations these are, where it is not the function as a whole. */
export const scopeWords = (resource: string): string => (resource === "function" ? "" : ` of ${resource}`);

const health = (production: Production): string => {
  const { errorShare, throttleShare, maxConcurrentExecutions: most, currentPerformanceRisk: risk } = production;
  const parts = [
    `errors: ${formatOdds(errorShare)}`,
    `throttled: ${formatOdds(throttleShare)}`,
    ...(most === undefined ? [] : [`at once: at most ${most}`]),
    ...(risk === undefined ? [] : [`performance risk now: ${riskWords[risk]}`]),
  ];
  return `${parts.join("; ").replace(/^e/, "E")}.`;
};

const riskWords = { VeryLow: "very low", Low: "low", Medium: "medium", High: "high" } as const;

/** What production's share of cold starts makes of the recommended size. */
export const coldStartSentence = ({ production, recommendation }: Report): string | undefined => {
  if (production?.coldStartShare === undefined) return undefined;
  const share = `${formatShare(production.coldStartShare)} of them were cold starts`;
  const mixed = production.withColdStarts;
  if (mixed === undefined || recommendation === undefined) return `${share}.`;
  return `${share}; with so many, an invocation at ${formatMemory(recommendation.memorySizeMb)} takes ${formatDuration(mixed.meanDurationMs)} on average and a million cost ${formatUsd(mixed.chargePerMillionUsd)}.`;
};
