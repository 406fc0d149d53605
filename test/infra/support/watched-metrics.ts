import type { TemplateResource } from "./resolve-template.ts";
import { ofType } from "./synthesised.ts";

/** A metric that an alarm watches or the dashboard shows. */
export interface WatchedMetric {
  /** Logical id of the alarm, or the widget's title. */
  readonly by: string;
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
}

/** A search of the dashboard: every metric of that name with exactly these keys, one of them with a value. */
export interface MetricSearch {
  readonly by: string;
  readonly namespace: string;
  readonly keys: readonly string[];
  readonly name: string;
  readonly service: string;
}

type Resources = Readonly<Record<string, TemplateResource>>;

/** What the alarms of a resolved template watch. */
export const metricsOfAlarms = (resources: Resources): readonly WatchedMetric[] =>
  ofType(resources, "AWS::CloudWatch::Alarm").flatMap(([by, { Properties: properties }]) => {
    const { Metrics: several = [] } = properties as {
      readonly Metrics?: readonly { readonly MetricStat?: MetricStat }[];
    };
    const stats = several.flatMap(({ MetricStat: stat }) => (stat === undefined ? [] : [stat.Metric]));
    return [...stats, ...("MetricName" in properties ? [properties as unknown as Metric] : [])].map((metric) =>
      watched(by, metric),
    );
  });

interface Metric {
  readonly Namespace: string;
  readonly MetricName: string;
  readonly Dimensions?: readonly { readonly Name: string; readonly Value: string }[];
}

interface MetricStat {
  readonly Metric: Metric;
}

const watched = (by: string, { Namespace: namespace, MetricName: name, Dimensions: dimensions = [] }: Metric) => ({
  by,
  namespace,
  name,
  dimensions: Object.fromEntries(dimensions.map(({ Name: key, Value: value }) => [key, value])),
});

interface Widget {
  readonly properties: { readonly title?: string; readonly metrics?: readonly (readonly unknown[])[] };
}

const widgetsOf = (resources: Resources): readonly Widget[] =>
  ofType(resources, "AWS::CloudWatch::Dashboard").flatMap(
    ([, { Properties: properties }]) =>
      (JSON.parse(String(properties["DashboardBody"])) as { readonly widgets: readonly Widget[] }).widgets,
  );

const rowsOf = (resources: Resources): readonly { readonly by: string; readonly row: readonly unknown[] }[] =>
  widgetsOf(resources).flatMap(({ properties: { title = "", metrics = [] } }) =>
    metrics.map((row) => ({ by: title, row })),
  );

/** What the dashboard of a resolved template shows, searches aside. */
export const metricsOfDashboard = (resources: Resources): readonly WatchedMetric[] =>
  rowsOf(resources).flatMap(({ by, row }) => {
    const [namespace, name, ...rest] = row.filter((each) => typeof each === "string");
    if (namespace === undefined || name === undefined) return [];
    const pairs = rest.flatMap((key, index) => (index % 2 === 0 ? [[key, rest[index + 1] ?? ""] as const] : []));
    return [{ by, namespace, name, dimensions: Object.fromEntries(pairs) }];
  });

/** What the dashboard of a resolved template searches for. */
export const searchesOfDashboard = (resources: Resources): readonly MetricSearch[] =>
  rowsOf(resources).flatMap(({ by, row }) => {
    const [{ expression = "" } = {}] = row as readonly { readonly expression?: string }[];
    const found = /^SEARCH\('\{(\w+),([\w,]+)\} MetricName="(\w+)" service="([\w-]+)"'/.exec(expression);
    if (found === null) return [];
    const [, namespace = "", keys = "", name = "", service = ""] = found;
    return [{ by, namespace, keys: keys.split(","), name, service }];
  });
