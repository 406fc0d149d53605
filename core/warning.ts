import { formatCount, formatNumber } from "./report/format-number.ts";
import { formatOdds } from "./report/format-percent.ts";
import { describeInherited, type InheritedVersion } from "./run/inherited-version.ts";
import { nameOfCaller } from "./timeout/caller-ceiling.ts";
import type { TimeoutObjection } from "./timeout/timeout-objection.ts";

/**
 * Something a reader of the report must know that is not a failure: facts only, worded by `describeWarning` alone.
 *
 * Additive: a new kind may appear in a minor version.
 */
export type Warning =
  | { readonly kind: "region-not-priced"; readonly region: string; readonly pricedAs: string }
  | { readonly kind: "sizes-dropped"; readonly sizesMb: readonly number[]; readonly reason: string }
  | { readonly kind: "sizes-capped"; readonly sizesMb: readonly number[]; readonly cappedAtMb: number }
  | {
      readonly kind: "size-unusable";
      readonly memorySizeMb: number;
      readonly outcome: string;
      readonly example?: string;
    }
  | {
      /** Invocations failed at sizes that could be measured all the same. */
      readonly kind: "invocations-failed";
      /** Of the whole run, as `invocations`. */
      readonly failed: number;
      readonly invocations: number;
      readonly example: string;
    }
  | {
      /** Timeouts that memory does not explain. */
      readonly kind: "occasional-timeouts";
      readonly timeouts: number;
      /** Of the whole run. */
      readonly invocations: number;
      readonly timeoutSeconds: number;
      readonly sizesMb: readonly number[];
    }
  | { readonly kind: "tails-unreadable"; readonly memorySizeMb: number; readonly count: number }
  | { readonly kind: "throttled"; readonly count: number }
  | { readonly kind: "no-production-data"; readonly lookbackDays: number }
  | {
      /** The metrics of the function as a whole may be those of earlier tuning runs. */
      readonly kind: "production-mixed";
      readonly lookbackDays: number;
      /** Invocations of versions by their numbers, and all others. */
      readonly numbered: number;
      readonly others: number;
    }
  | {
      /** The metrics of the function as a whole are mostly of aliases and versions, whose settings they do not tell. */
      readonly kind: "production-elsewhere";
      readonly lookbackDays: number;
      readonly invocations: number;
      /** Of these, those that did not call `$LATEST`. */
      readonly elsewhere: number;
      /** What savings, risk and timeout are compared with. */
      readonly memorySizeMb: number;
      readonly timeoutSeconds: number;
    }
  | { readonly kind: "production-data-denied"; readonly action: string }
  | { readonly kind: "little-production-data"; readonly invocations: number; readonly needed: number }
  | { readonly kind: "production-data-failed"; readonly reason: string }
  | {
      readonly kind: "snapstart-cache-charged";
      readonly versions: number;
      /** The region whose prices stand for those of the target's. */
      readonly pricedAs?: string;
    }
  | {
      /** Production's invocations that name no version or alias: they meet the sizes while these are published. */
      readonly kind: "latest-serves-production";
      readonly invocations: number;
      readonly lookbackDays: number;
    }
  | { readonly kind: "run-too-long"; readonly expectedSeconds: number; readonly samplingSeconds: number }
  | { readonly kind: "cpu-approximate"; readonly backend: string; readonly reason: string }
  | { readonly kind: "memory-limit-not-enforced"; readonly reason: string }
  | {
      readonly kind: "machine-busy";
      /** Sizes whose durations are noticeably too long, and which share of them was waiting for a CPU, 0 to 1. */
      readonly sizes: readonly { readonly memorySizeMb: number; readonly lostShare: number }[];
      /** Cores that other programs used meanwhile, on average. */
      readonly othersCores: number;
      readonly machineCores: number;
    }
  | { readonly kind: "incumbent-option-ignored"; readonly option: string; readonly reason: string }
  | { readonly kind: "samples-dropped"; readonly count: number; readonly reason: string }
  | { readonly kind: "report-not-stored"; readonly reason: string }
  | { readonly kind: "traces-unavailable"; readonly reason: string }
  | {
      readonly kind: "current-settings-assumed";
      readonly memorySizeMb: number;
      readonly timeoutSeconds: number;
    }
  | { readonly kind: "caller-ceilings-unknown"; readonly reason: string }
  | {
      /** The timeout that a caller leaves is too short for more than 1 in 10,000 healthy invocations. */
      readonly kind: "ceiling-cuts-off";
      readonly caller: string;
      readonly ceilingMs: number;
      readonly timeoutSeconds: number;
      /** From 0 to 1. */
      readonly expectedCutShare: number;
    }
  | {
      readonly kind: "queue-visibility-short";
      readonly queue: string;
      readonly visibilitySeconds: number;
      readonly neededSeconds: number;
    }
  | { readonly kind: "production-recorded"; readonly file: string }
  | { readonly kind: "transitions-assumed"; readonly reason: string }
  | { readonly kind: "target-changed"; readonly what: readonly string[] }
  | {
      /** Somebody else published versions while `$LATEST` had a trial size of the run. */
      readonly kind: "released-at-trial-size";
      readonly versions: readonly InheritedVersion[];
      /** What `$LATEST` has since the clean-up. */
      readonly memorySizeMb: number;
    }
  | { readonly kind: "not-applied"; readonly reason: string }
  | {
      readonly kind: "timeout-not-applied";
      readonly reason: TimeoutObjection;
      readonly currentSeconds: number;
      readonly recommendedSeconds: number;
    };

/**
 * The one sentence a reader sees for a warning.
 *
 * @example
 * ```ts
 * describeWarning({ kind: "throttled", count: 3 }); // => "3 invocations were throttled and sent again; durations are not affected."
 * ```
 */
export const describeWarning = (warning: Warning): string => {
  switch (warning.kind) {
    case "region-not-priced":
      return `Prices for ${warning.region} are not in the price book; charges use ${warning.pricedAs}.`;
    case "sizes-dropped":
      return `Not measured: ${sizes(warning.sizesMb)}. ${warning.reason}`;
    case "sizes-capped":
      return `${sizes(warning.sizesMb)} have a larger CPU share than this machine; they ran with that of ${warning.cappedAtMb} MB, so multi-threaded code may be faster in AWS.`;
    case "size-unusable":
      return `${warning.memorySizeMb} MB cannot be used: ${warning.outcome.replaceAll("-", " ")}.${warning.example === undefined ? "" : ` ${warning.example}`}`;
    case "invocations-failed":
      return `${warning.failed} of ${warning.invocations} invocations failed; durations and charges are of those that succeeded. ${warning.example}`;
    case "occasional-timeouts":
      return `${warning.timeouts} of ${warning.invocations} invocations ended at the timeout of ${warning.timeoutSeconds} s (at ${sizes(warning.sizesMb)}), which too little memory does not explain: the function hangs, or is slow, now and then. Sizes are compared by the calls that succeeded.`;
    case "tails-unreadable":
      return `${warning.count} invocations at ${warning.memorySizeMb} MB gave no readable REPORT record and are not counted.`;
    case "throttled":
      return `${warning.count} invocations were throttled and sent again; durations are not affected.`;
    case "no-production-data":
      return `CloudWatch has no invocations of the last ${warning.lookbackDays} days; savings and timeout rest on the tuning samples alone.`;
    case "production-mixed":
      return `CloudWatch has ${warning.numbered} invocations of numbered versions in the last ${warning.lookbackDays} days, as tuning runs make them, ${warning.others === 0 ? "and no others" : `and no durations of the ${warning.others} others alone: name the alias that production calls`}; savings and timeout rest on the tuning samples alone.`;
    case "production-elsewhere":
      return `Of production's ${formatCount(warning.invocations, "invocation")} in ${formatCount(warning.lookbackDays, "day")}, ${formatNumber(warning.elsewhere)} called an alias or a version, whose memory and timeout may not be the ${warning.memorySizeMb} MB and ${warning.timeoutSeconds} s that savings, risk and timeout are compared with: name the alias that production calls.`;
    case "production-data-denied":
      return `Production metrics were not read: ${warning.action} is not allowed to this role.`;
    case "little-production-data":
      return `Production shows ${warning.invocations} invocations; ${warning.needed} are needed before a timeout is lowered.`;
    case "production-data-failed":
      return `Production metrics could not be read: ${warning.reason}`;
    case "snapstart-cache-charged":
      return `Each of the ${warning.versions} published versions has a SnapStart snapshot, cached and charged for at least 3 hours${warning.pricedAs === undefined ? "" : `, here at the prices of ${warning.pricedAs}`}.`;
    case "latest-serves-production":
      return `Production calls $LATEST (${formatCount(warning.invocations, "invocation")} in ${formatCount(warning.lookbackDays, "day")}): while versions are published, such calls run at each size in turn, for seconds a size. Calls of a published version, or of an alias of one, never do.`;
    case "run-too-long":
      return `Measuring is expected to take about ${formatNumber(warning.expectedSeconds / 3600)} h, and a run measures for ${formatNumber(warning.samplingSeconds / 3600)} h at most: what it has by then decides. Ask for fewer sizes or invocations, or for a higher concurrency.`;
    case "cpu-approximate":
      return `CPU shares are approximate (${warning.backend}): ${warning.reason}`;
    case "memory-limit-not-enforced":
      return warning.reason;
    case "machine-busy":
      return `Other programs used about ${warning.othersCores.toFixed(1)} of this machine's ${warning.machineCores} cores meanwhile. Waiting for a core took ${lostWords(warning.sizes)}: large sizes look slower than they are, and small ones better. Close what else runs and tune again.`;
    case "incumbent-option-ignored":
      return `Option ${warning.option} of aws-lambda-power-tuning is not followed here: ${warning.reason}`;
    case "samples-dropped":
      return `${warning.count} single samples are left out of the report: ${warning.reason}`;
    case "report-not-stored":
      return `The report could not be stored: ${warning.reason}`;
    case "traces-unavailable":
      return `Traces give no evidence: ${warning.reason}`;
    case "current-settings-assumed":
      return `The function's current settings are assumed (${warning.memorySizeMb} MB, ${warning.timeoutSeconds} s); savings and changes are against these.`;
    case "caller-ceilings-unknown":
      return `The callers' own timeouts could not be read: ${warning.reason}`;
    case "ceiling-cuts-off":
      return `${nameOfCaller(warning.caller)} leaves ${warning.timeoutSeconds} s, and of the healthy invocations ${formatOdds(warning.expectedCutShare)} are expected to take longer: choose a size that is fast enough (the objective slo), or let the caller wait longer.`;
    case "queue-visibility-short":
      return `The queue ${warning.queue} hides a message for ${warning.visibilitySeconds} s; set its visibility timeout to ${warning.neededSeconds} s or more, or messages come again while they are worked on.`;
    case "production-recorded":
      return `Production's metrics are those of the file ${warning.file}, not of CloudWatch.`;
    case "transitions-assumed":
      return `State transitions are counted as if nothing had been retried: ${warning.reason}`;
    case "target-changed":
      return `The function was changed by someone else after it was measured (${warning.what.join(", ")}); their change was left alone.`;
    case "released-at-trial-size":
      return describeInherited(warning.versions, warning.memorySizeMb);
    case "not-applied":
      return `The recommendation was not applied: ${warning.reason}`;
    case "timeout-not-applied":
      return `The timeout stays at ${warning.currentSeconds} s: ${objectionWords(warning)}. Run \`lambda-tuner apply\` on the report to set it all the same.`;
  }
};

const objectionWords = ({ reason, recommendedSeconds }: Extract<Warning, { kind: "timeout-not-applied" }>): string => {
  switch (reason) {
    case "provisional":
      return `that ${recommendedSeconds} s suffice is provisional, as too few invocations of production were seen`;
    case "censored":
      return `invocations ended at it, and ones that hang would only be billed for longer with ${recommendedSeconds} s; find out why first`;
    case "caller-ceiling":
      return `${recommendedSeconds} s, all that a caller waits, would cut off healthy invocations, which may have other callers`;
  }
};

const lostWords = (lost: Extract<Warning, { kind: "machine-busy" }>["sizes"]): string =>
  lost
    .map(({ memorySizeMb, lostShare }, index) => {
      const share = `${Math.round(lostShare * 100)}%`;
      return `${share}${index === 0 ? " of the duration" : ""} at ${memorySizeMb} MB`;
    })
    .join(", ");

const sizes = (mb: readonly number[]): string => `${mb.join(", ")} MB`;
