import type { ProductionDuration, ProductionMetrics } from "../../core/production/production-metrics.ts";
import { tailRanks } from "../../core/timeout/tail-ranks.ts";
import { invocationsToLower } from "../../core/timeout/timeout-evidence.ts";
import type { Warning } from "../../core/warning.ts";
import { metricsWarning } from "../aws/cloudwatch-errors.ts";
import { type MetricReadings, type MetricWanted, type MetricWindow, readMetrics } from "../aws/cloudwatch-metrics.ts";
import { cloudWatchClient } from "../aws/clients.ts";
import { engineFacts } from "../engine-facts.ts";
import { lookBack } from "./look-back.ts";
import {
  chooseScope,
  type CountedScope,
  invocationsElsewhere,
  latestLabel,
  type MetricScope,
  metricScopes,
  wholeFunction,
} from "./metric-scopes.ts";
import { numberedInvocations } from "./numbered-invocations.ts";
import type { ObserveInput } from "./observe-input.ts";
import {
  coldStartsName,
  firstMetrics,
  rankName,
  type ScopeStatistic,
  scopeStatistic,
  tailMetrics,
} from "./wanted-metrics.ts";

/** Production's metrics as far as they could be read, and what a reader must know about the rest. */
export interface ProductionReading {
  readonly metrics?: ProductionMetrics;
  readonly warnings: readonly Warning[];
}

/**
 * Reads production's metrics in two steps: how many invocations there were, then the percentiles that so many support.
 *
 * The window ends where the run began, so that the run does not read its own invocations. Those of earlier runs are in the
 * metrics of the function as a whole, which are taken only when no version was invoked by its number. No failure leaves
 * this function but an interruption: every one is a warning.
 */
export const readProduction = async (input: ObserveInput, signal?: AbortSignal): Promise<ProductionReading> => {
  const window = lookBack(Date.parse(input.run.startedAt), input.request.lookbackDays);
  const { functionName, qualifier, original } = input.target;
  const scopes = metricScopes(functionName, qualifier);
  const first = await read(firstMetrics(scopes, functionName, original.timeoutSeconds * 1000), window, signal);
  if ("warning" in first) return { warnings: [first.warning] };
  const counted = scopes.map((scope, index) => ({
    scope: { ...scope, index },
    invocations: valueOf(first, index, "invocations") ?? valueOf(first, index, "sampleCount") ?? 0,
  }));
  const lookbackDays = input.request.lookbackDays;
  const chosen = chooseScope(counted, qualifier !== undefined);
  const numbered = chosen?.label === wholeFunction ? await countNumbered(input, window, signal) : 0;
  if (typeof numbered !== "number") return { warnings: [numbered.warning] };
  const others = counted.map(withoutNumbered(numbered));
  const scope = chooseScope(others, qualifier !== undefined);
  if (numbered > 0 && scope?.label !== latestLabel) {
    return {
      warnings: [{ kind: "production-mixed", lookbackDays, numbered, others: others.at(-1)?.invocations ?? 0 }],
    };
  }
  if (scope === undefined) {
    const warnings = incompleteWarnings([first]);
    // Without an answer nobody knows whether there was anything to answer.
    return { warnings: warnings.length > 0 ? warnings : nothingFound(lookbackDays) };
  }
  const tail = await readTail(input, first, scope, window, signal);
  const metrics = metricsOf(first, scope, lookbackDays, tail.tail);
  const elsewhere = scope.label === wholeFunction ? calledElsewhere(others, input) : [];
  return { metrics, warnings: [...tail.warnings, ...elsewhere, ...littleData(metrics)] };
};

type Scope = MetricScope & { readonly index: number };

type Counted = CountedScope<Scope>;

const read = async (
  wanted: readonly MetricWanted[],
  window: MetricWindow,
  signal: AbortSignal | undefined,
): Promise<MetricReadings | { readonly warning: Warning }> => {
  try {
    return await readMetrics(cloudWatchClient(), wanted, window, signal);
  } catch (error) {
    signal?.throwIfAborted();
    return { warning: metricsWarning(error) };
  }
};

/** Invocations that earlier tuning runs may have made. */
const countNumbered = async (
  { target, versions }: ObserveInput,
  window: MetricWindow,
  signal: AbortSignal | undefined,
): Promise<number | { readonly warning: Warning }> => {
  const published = versions.map(({ version }) => version);
  const readings = await read(numberedInvocations(target.functionName, published), window, signal);
  if ("warning" in readings) return readings;
  const [incomplete] = incompleteWarnings([readings]);
  return incomplete === undefined
    ? [...readings.values.values()].reduce((sum, count) => sum + count, 0)
    : { warning: incomplete };
};

const withoutNumbered =
  (numbered: number) =>
  ({ scope, invocations }: Counted): Counted => ({
    scope,
    invocations: scope.label === wholeFunction ? Math.max(0, invocations - numbered) : invocations,
  });

/** @returns The tail, and warnings about both steps. */
const readTail = async (
  { request }: ObserveInput,
  first: MetricReadings,
  scope: Scope,
  window: MetricWindow,
  signal: AbortSignal | undefined,
): Promise<{ readonly tail: ProductionDuration["tail"]; readonly warnings: readonly Warning[] }> => {
  const sampleCount = valueOf(first, scope.index, "sampleCount") ?? 0;
  const isKnown = sampleCount >= 1 && valueOf(first, scope.index, "maxMs") !== undefined;
  if (!isKnown) return { tail: [], warnings: incompleteWarnings([first]) };
  const ranks = tailRanks(sampleCount, request.timeout.percentile, request.sampling.confidence);
  const readings = await read(tailMetrics(scope, ranks, sampleCount), window, signal);
  if ("warning" in readings) return { tail: [], warnings: [...incompleteWarnings([first]), readings.warning] };
  const tail = ranks.flatMap((rank) => {
    const durationMs = readings.values.get(rankName(rank));
    return durationMs === undefined ? [] : [{ rank, durationMs }];
  });
  return { tail, warnings: incompleteWarnings([first, readings]) };
};

const incompleteWarnings = (steps: readonly MetricReadings[]): readonly Warning[] => {
  const count = steps.reduce((sum, { incomplete }) => sum + incomplete.length, 0);
  if (count === 0) return [];
  if (steps.some(({ forbidden }) => forbidden)) {
    return [{ kind: "production-data-denied", action: "cloudwatch:GetMetricData" }];
  }
  const reason = `CloudWatch answered ${count} of the statistics in part only; they are left out.`;
  return [{ kind: "production-data-failed", reason }];
};

/** The metrics of the function as a whole are compared with `$LATEST`, whoever made them. */
const calledElsewhere = (counted: readonly Counted[], { request, target }: ObserveInput): readonly Warning[] => {
  const elsewhere = invocationsElsewhere(counted);
  if (elsewhere === undefined) return [];
  const { lookbackDays } = request;
  const { memorySizeMb, timeoutSeconds } = target.original;
  const invocations = counted.at(-1)?.invocations ?? elsewhere;
  return [{ kind: "production-elsewhere", lookbackDays, invocations, elsewhere, memorySizeMb, timeoutSeconds }];
};

const littleData = ({ duration, invocations }: ProductionMetrics): readonly Warning[] => {
  const seen = duration?.sampleCount ?? invocations;
  return seen >= invocationsToLower
    ? []
    : [{ kind: "little-production-data", invocations: seen, needed: invocationsToLower }];
};

const valueOf = ({ values }: MetricReadings, scope: number, statistic: ScopeStatistic): number | undefined =>
  values.get(scopeStatistic(scope, statistic));

const metricsOf = (
  readings: MetricReadings,
  { index, label }: Scope,
  lookbackDays: number,
  tail: ProductionDuration["tail"],
): ProductionMetrics => {
  const value = (statistic: ScopeStatistic): number | undefined => valueOf(readings, index, statistic);
  const duration = durationOf(value, tail);
  const errors = value("errors");
  const isWholeCount = !readings.incomplete.includes(scopeStatistic(index, "errors"));
  const timeouts =
    duration === undefined
      ? undefined
      : timeoutsOf(value, duration.sampleCount, isWholeCount ? (errors ?? 0) : undefined);
  const coldStarts = readings.values.get(coldStartsName);
  return {
    lookbackDays,
    resource: label,
    invocations: value("invocations") ?? duration?.sampleCount ?? 0,
    // CloudWatch has no data points where a count was never above 0.
    errors: errors ?? 0,
    throttles: value("throttles") ?? 0,
    ...(duration !== undefined && { duration }),
    ...(timeouts !== undefined && { timeouts }),
    ...present(value, "maxConcurrentExecutions"),
    ...present(value, "p99ConcurrentExecutions"),
    ...present(value, "provisionedConcurrencySpillover"),
    ...present(value, "maxIteratorAgeMs"),
    ...(coldStarts !== undefined && { coldStarts }),
  };
};

type ReadStatistic = (statistic: ScopeStatistic) => number | undefined;

const durationOf = (value: ReadStatistic, tail: ProductionDuration["tail"]): ProductionDuration | undefined => {
  const sampleCount = value("sampleCount");
  const maxMs = value("maxMs");
  if (sampleCount === undefined || sampleCount < 1 || maxMs === undefined) return undefined;
  const totalMs = value("totalMs");
  return {
    sampleCount: Math.round(sampleCount),
    ...(totalMs !== undefined && { meanMs: totalMs / sampleCount }),
    maxMs,
    ...present(value, "p50Ms"),
    ...present(value, "p90Ms"),
    ...present(value, "p95Ms"),
    ...present(value, "p99Ms"),
    ...present(value, "p999Ms"),
    tail,
  };
};

/** An invocation that timed out is an error: what else took as long ran somewhere, or at some time, with a longer timeout. */
const timeoutsOf = (value: ReadStatistic, sampleCount: number, errors = sampleCount): number | undefined => {
  const percent = value("shareUnderTimeoutPercent");
  if (percent === undefined) return undefined;
  return Math.min(errors, Math.max(0, Math.round(sampleCount * (1 - percent / 100))));
};

const present = <Name extends ScopeStatistic>(value: ReadStatistic, name: Name): Partial<Record<Name, number>> => {
  const found = value(name);
  // The key is the name: TypeScript widens a computed one.
  return found === undefined ? {} : ({ [name]: found } as Partial<Record<Name, number>>);
};

/** Code on somebody's own machine has no production there: its absence says nothing. */
const nothingFound = (lookbackDays: number): Warning[] =>
  engineFacts().engine === "local" ? [] : [{ kind: "no-production-data", lookbackDays }];
