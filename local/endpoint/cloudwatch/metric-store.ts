/** Dimensions of a metric: name to value. No dimension at all is the whole account. */
export type Dimensions = Readonly<Record<string, string>>;

/** One observation, or several equal ones. */
export interface MetricPoint {
  readonly epochMs: number;
  readonly value: number;
  /** How many observations of this value it stands for. */
  readonly count: number;
}

/** Metrics by namespace, name and dimensions. */
export interface MetricStore {
  put(namespace: string, name: string, dimensions: Dimensions, point: MetricPoint): void;
  /** Points of one series in [fromMs, toMs), in the order they were put. */
  read(namespace: string, name: string, dimensions: Dimensions, fromMs: number, toMs: number): readonly MetricPoint[];
}

/** Metrics in memory: a series is its exact dimensions, as in CloudWatch. */
export const createMetricStore = (): MetricStore => {
  const series = new Map<string, MetricPoint[]>();
  return {
    put: (namespace, name, dimensions, point) => {
      const key = seriesKey(namespace, name, dimensions);
      const points = series.get(key);
      if (points === undefined) series.set(key, [point]);
      else points.push(point);
    },
    read: (namespace, name, dimensions, fromMs, toMs) =>
      (series.get(seriesKey(namespace, name, dimensions)) ?? []).filter(
        ({ epochMs }) => epochMs >= fromMs && epochMs < toMs,
      ),
  };
};

const seriesKey = (namespace: string, name: string, dimensions: Dimensions): string =>
  JSON.stringify([namespace, name, Object.entries(dimensions).sort(([a], [b]) => (a < b ? -1 : 1))]);
