import { type Flag, listOf, milliseconds, numeric } from "./flag.ts";

/** Flags of `tune` and `estimate` that mirror the tuning request, in the order the help lists them. */
export const requestFlags: readonly Flag[] = [
  { flags: "--objective <kind>", description: "cost, speed, balanced or slo" },
  {
    flags: "--tolerance-percent <p>",
    description: "with speed: how much slower than the fastest is fine",
    read: numeric,
  },
  { flags: "--weight <w>", description: "with balanced: 0 is cost alone, 1 is speed alone", read: numeric },
  { flags: "--slo <limit>", description: "cheapest size under a latency limit, as p95=300ms" },
  { flags: "--memory <mb,mb,...>", description: "measure these sizes only", read: listOf(numeric) },
  { flags: "--memory-min <mb>", description: "smallest size to consider", read: numeric },
  { flags: "--memory-max <mb>", description: "largest size to consider", read: numeric },
  { flags: "--memory-step <mb>", description: "measure a grid of this step", read: numeric },
  { flags: "--method <method>", description: "adaptive or fixed", path: ["sampling", "method"] },
  { flags: "--preset <preset>", description: "quick, standard or thorough", path: ["sampling", "preset"] },
  {
    flags: "--invocations <n>",
    description: "invocations per size, with the fixed method",
    path: ["sampling", "invocationsPerSize"],
    read: numeric,
  },
  {
    flags: "--max-invocations <n>",
    description: "stop after so many invocations",
    path: ["budget", "maxInvocations"],
    read: numeric,
  },
  {
    flags: "--max-usd <usd>",
    description: "stop before the charges of the function's invocations exceed this",
    path: ["budget", "maxUsd"],
    read: numeric,
  },
  {
    flags: "--confidence <share>",
    description: "of intervals and verdicts, such as 0.95",
    path: ["sampling", "confidence"],
    read: numeric,
  },
  {
    flags: "--concurrency <n>",
    description: "invocations in flight at once",
    path: ["sampling", "concurrency"],
    read: numeric,
  },
  {
    flags: "--cold-starts <n>",
    description: "cold starts to measure at every size",
    path: ["sampling", "coldStarts"],
    read: numeric,
  },
  { flags: "--payload <json>", description: "the event: JSON, @file, or - for stdin" },
  { flags: "--timeout-policy <policy>", description: "bounded-risk or p99", path: ["timeout", "policy"] },
  {
    flags: "--timeout-percentile <p>",
    description: "with p99: the percentile to bound, from 50 to 99.9",
    path: ["timeout", "percentile"],
    read: numeric,
  },
  {
    flags: "--timeout-margin <ms>",
    description: "added to the bound, as 500ms or 1s",
    path: ["timeout", "marginMs"],
    read: milliseconds,
  },
  {
    flags: "--caller-ceiling <ms>",
    description: "the longest that the caller waits, as 29s",
    path: ["timeout", "callerCeilingMs"],
    read: milliseconds,
  },
  {
    flags: "--lookback-days <n>",
    description: "days of production metrics to read",
    path: ["lookbackDays"],
    read: numeric,
  },
  {
    flags: "--apply <what>",
    description: "set the advice on the function: memory,timeout",
    read: listOf((text) => text),
  },
  {
    flags: "--alias <name>",
    description: "with --apply: publish a version behind this alias",
    path: ["apply", "alias"],
  },
  { flags: "--seed <n>", description: "of every random choice", path: ["seed"], read: numeric },
  { flags: "--dry-run", description: "check, plan, estimate and invoke once; change nothing", path: ["dryRun"] },
  { flags: "--log-payloads", description: "allow payloads in logs and report", path: ["logPayloads"] },
];

/** Flags that describe the function a local target stands for. */
export const localFlags: readonly Flag[] = [
  { flags: "--current-memory <mb>", description: "the function's memory now", path: ["memorySizeMb"], read: numeric },
  {
    flags: "--current-timeout <s>",
    description: "the function's timeout now",
    path: ["timeoutSeconds"],
    read: numeric,
  },
  { flags: "--handler <name>", description: "export to call, where it is not the file's default", path: ["handler"] },
  {
    flags: "--metrics <file>",
    description: "what the function has done in production: percentiles and counts, as CloudWatch would show them",
    path: ["metrics"],
  },
  { flags: "--env <key=value>", description: "environment variable of the function; repeatable", repeatable: true },
];
