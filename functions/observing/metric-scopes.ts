/** Whose metrics: the function as a whole, `$LATEST`, or an alias or version. */
export interface MetricScope {
  /** As the report names it. */
  readonly label: string;
  readonly dimensions: Readonly<Record<string, string>>;
}

/** The label of what was invoked without a qualifier, or as `$LATEST`: tuning runs measure no such invocation. */
export const latestLabel = "$LATEST";

/** The label of everything that was invoked, whatever its qualifier: earlier tuning runs as well. */
export const wholeFunction = "function";

/** A scope with the invocations that were counted in it. */
export interface CountedScope<Scope extends MetricScope = MetricScope> {
  readonly scope: Scope;
  readonly invocations: number;
}

/** Share of the function's invocations that `$LATEST` must have to stand for it. */
const mostOfThem = 0.5;

/**
 * The scopes whose metrics are asked for: the qualifier of the request first, then `$LATEST` under both of its names, then
 * the function as a whole, which holds other versions too.
 *
 * @param functionName - Unqualified.
 * @param qualifier - Alias or version that the request named.
 * @see {@link https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html}
 */
export const metricScopes = (functionName: string, qualifier: string | undefined): readonly MetricScope[] => {
  const resource = (label: string, name: string): MetricScope => ({
    label,
    dimensions: { FunctionName: functionName, Resource: name },
  });
  return [
    ...(qualifier === undefined ? [] : [resource(qualifierLabel(qualifier), `${functionName}:${qualifier}`)]),
    // Invocations without a qualifier, then those that say $LATEST.
    resource(latestLabel, functionName),
    resource(latestLabel, `${functionName}:$LATEST`),
    { label: wholeFunction, dimensions: { FunctionName: functionName } },
  ];
};

const qualifierLabel = (qualifier: string): string =>
  /^\d+$/.test(qualifier) ? `version ${qualifier}` : `alias ${qualifier}`;

/**
 * Which scope stands for production.
 *
 * The qualifier of the request when it was invoked at all; else `$LATEST` when most invocations went there; else the
 * function as a whole.
 *
 * @param counted - Every scope with its invocations.
 * @param isQualified - Whether the request named an alias or version.
 * @returns `undefined` when nothing was invoked.
 */
export const chooseScope = <Scope extends MetricScope>(
  counted: readonly CountedScope<Scope>[],
  isQualified: boolean,
): Scope | undefined => {
  const whole = counted.at(-1);
  const asked = isQualified ? counted[0] : undefined;
  if (asked !== undefined && asked.invocations > 0) return asked.scope;
  const latest = counted
    .filter(({ scope }) => scope.label === latestLabel)
    .toSorted((a, b) => b.invocations - a.invocations)[0];
  const total = Math.max(whole?.invocations ?? 0, latest?.invocations ?? 0);
  if (total === 0) return undefined;
  return latest !== undefined && latest.invocations >= mostOfThem * total ? latest.scope : whole?.scope;
};

/**
 * How many of the function's invocations came by an alias or a version, of settings that its metrics do not tell.
 *
 * @param counted - Every scope with its invocations, the function as a whole last.
 * @returns `undefined` when most of them were of `$LATEST`, by either of its names.
 */
export const invocationsElsewhere = (counted: readonly CountedScope[]): number | undefined => {
  const total = counted.at(-1)?.invocations ?? 0;
  const latest = counted
    .filter(({ scope }) => scope.label === latestLabel)
    .reduce((sum, { invocations }) => sum + invocations, 0);
  return latest >= mostOfThem * total ? undefined : total - latest;
};
