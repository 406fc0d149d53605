import type { Dimensions, MetricStore } from "./metric-store.ts";

/** An invocation as Lambda's own metrics see it. */
export interface InvocationMetrics {
  readonly functionName: string;
  /** Version or alias that was invoked; absent without a qualifier. */
  readonly qualifier: string | undefined;
  readonly executedVersion: string;
  readonly epochMs: number;
  readonly durationMs: number;
  readonly failed: boolean;
  /** Invocations of the function under way, this one included. */
  readonly concurrent: number;
}

const namespace = "AWS/Lambda";

/** Writes what Lambda writes to CloudWatch about an invocation. */
export const putInvocationMetrics = (store: MetricStore, invocation: InvocationMetrics): void => {
  const values = {
    Invocations: 1,
    Duration: invocation.durationMs,
    Errors: invocation.failed ? 1 : 0,
    Throttles: 0,
    ConcurrentExecutions: invocation.concurrent,
  };
  putAll(store, invocation, values);
};

/** Writes what Lambda writes to CloudWatch about an invocation that it refused: it is no invocation. */
export const putThrottleMetrics = (
  store: MetricStore,
  refused: Pick<InvocationMetrics, "functionName" | "qualifier" | "epochMs">,
): void => {
  putAll(store, { ...refused, executedVersion: undefined }, { Throttles: 1 });
};

const putAll = (
  store: MetricStore,
  { functionName, qualifier, executedVersion, epochMs }: MetricSubject,
  values: Readonly<Record<string, number>>,
): void => {
  const series = dimensionsOf(functionName, qualifier, executedVersion);
  for (const [name, value] of Object.entries(values)) {
    for (const dimensions of series) store.put(namespace, name, dimensions, { epochMs, value, count: 1 });
  }
};

interface MetricSubject {
  readonly functionName: string;
  readonly qualifier: string | undefined;
  readonly executedVersion: string | undefined;
  readonly epochMs: number;
}

/**
 * The series that an invocation counts in.
 *
 * @see {@link https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html}
 */
const dimensionsOf = (
  functionName: string,
  qualifier: string | undefined,
  executedVersion: string | undefined,
): readonly Dimensions[] => {
  const FunctionName = functionName;
  const Resource = qualifier === undefined ? functionName : `${functionName}:${qualifier}`;
  const alias = qualifier !== undefined && executedVersion !== undefined && qualifier !== executedVersion;
  return [
    {},
    { FunctionName },
    { FunctionName, Resource },
    ...(alias ? [{ FunctionName, Resource, ExecutedVersion: executedVersion }] : []),
  ];
};
