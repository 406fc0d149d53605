import { z } from "zod";
import { ApiError } from "../http/api-error.ts";
import { jsonOperation } from "../http/json-operation.ts";
import type { Operation } from "../http/operation.ts";
import { metricStatistic } from "./metric-statistic.ts";
import type { MetricStore } from "./metric-store.ts";

/** Times travel as seconds since 1970 in AWS JSON; some clients write them in ISO 8601. */
const time = z.union([z.number().transform((seconds) => seconds * 1000), z.iso.datetime().transform(Date.parse)]);

const metricStatSchema = z.looseObject({
  Metric: z.looseObject({
    Namespace: z.string(),
    MetricName: z.string(),
    Dimensions: z.array(z.looseObject({ Name: z.string(), Value: z.string() })).default([]),
  }),
  /** Seconds. */
  Period: z.int(),
  Stat: z.string(),
});

const querySchema = z.looseObject({
  Id: z.string(),
  MetricStat: metricStatSchema.optional(),
  Expression: z.string().optional(),
  Label: z.string().optional(),
  ReturnData: z.boolean().default(true),
});

const schema = z.looseObject({
  MetricDataQueries: z.array(querySchema).max(500),
  StartTime: time,
  EndTime: time,
  ScanBy: z.enum(["TimestampAscending", "TimestampDescending"]).default("TimestampDescending"),
});

/** CloudWatch's `GetMetricData` over the metrics of the endpoint: metric statistics, no expressions. */
export const getMetricData = (store: MetricStore): Operation =>
  jsonOperation({
    service: "cloudwatch",
    name: "GetMetricData",
    schema,
    resource: () => "*",
    handle: ({ MetricDataQueries, StartTime, EndTime, ScanBy }) => {
      if (StartTime >= EndTime) {
        throw new ApiError(400, "ValidationError", "The parameter StartTime must be less than the parameter EndTime.");
      }
      return {
        MetricDataResults: MetricDataQueries.filter(({ ReturnData }) => ReturnData).map((query) => {
          const values = seriesOf(store, query, StartTime, EndTime);
          const ordered = ScanBy === "TimestampDescending" ? values.toReversed() : values;
          return {
            Id: query.Id,
            Label: query.Label ?? query.MetricStat?.Metric.MetricName ?? query.Id,
            StatusCode: "Complete",
            Timestamps: ordered.map(([startMs]) => startMs / 1000),
            Values: ordered.map(([, value]) => value),
          };
        }),
        Messages: [],
      };
    },
  });

/** One value for each period that has observations, oldest first. */
const seriesOf = (
  store: MetricStore,
  query: z.output<typeof querySchema>,
  fromMs: number,
  toMs: number,
): readonly (readonly [startMs: number, value: number])[] => {
  const stat = metricStatOf(query);
  // CloudWatch rounds the start down to a whole minute and counts periods from there.
  const startMs = Math.floor(fromMs / 60_000) * 60_000;
  const periodMs = stat.Period * 1000;
  const dimensions = Object.fromEntries(stat.Metric.Dimensions.map(({ Name, Value }) => [Name, Value]));
  const points = store.read(stat.Metric.Namespace, stat.Metric.MetricName, dimensions, startMs, toMs);
  const periods = Map.groupBy(points, ({ epochMs }) => startMs + Math.floor((epochMs - startMs) / periodMs) * periodMs);
  return [...periods]
    .sort(([a], [b]) => a - b)
    .map(([periodStartMs, inPeriod]) => [periodStartMs, metricStatistic(inPeriod, stat.Stat)] as const);
};

const metricStatOf = (query: z.output<typeof querySchema>): z.output<typeof metricStatSchema> => {
  if (query.MetricStat === undefined) {
    throw new ApiError(
      400,
      "ValidationError",
      `The local endpoint computes no metric expressions: ${query.Expression ?? query.Id}. Ask for a MetricStat.`,
    );
  }
  const { Period } = query.MetricStat;
  if (Period > 0 && (Period % 60 === 0 || [1, 5, 10, 20, 30].includes(Period))) return query.MetricStat;
  throw new ApiError(
    400,
    "ValidationError",
    `The parameter MetricDataQueries.member.MetricStat.Period must be 1, 5, 10, 20, 30 or a multiple of 60, not ${Period}.`,
  );
};
