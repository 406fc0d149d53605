import { Ajv } from "ajv";

/** One record in CloudWatch's embedded metric format. */
export interface MetricRecord {
  readonly _aws: {
    readonly Timestamp: number;
    readonly CloudWatchMetrics: readonly {
      readonly Namespace: string;
      readonly Dimensions: readonly (readonly string[])[];
      readonly Metrics: readonly { readonly Name: string; readonly Unit?: string }[];
    }[];
  };
  readonly [member: string]: unknown;
}

const name = (maxLength: number) => ({ type: "string", minLength: 1, maxLength }) as const;

/** Units that CloudWatch knows, but for those by the second. */
const units =
  /^(Seconds|Microseconds|Milliseconds|(Bytes|Kilobytes|Megabytes|Gigabytes|Terabytes|Bits|Kilobits|Megabits|Gigabits|Terabits|Count)(\/Second)?|Percent|None)$/;

/**
 * The published schema.
 *
 * @see {@link https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html}
 */
const schema = {
  type: "object",
  required: ["_aws"],
  properties: {
    _aws: {
      type: "object",
      required: ["Timestamp", "CloudWatchMetrics"],
      properties: {
        Timestamp: { type: "integer", minimum: 1_000_000_000_000 },
        CloudWatchMetrics: {
          type: "array",
          minItems: 1,
          items: {
            type: "object",
            required: ["Namespace", "Dimensions", "Metrics"],
            properties: {
              Namespace: name(1024),
              Dimensions: { type: "array", minItems: 1, items: { type: "array", maxItems: 30, items: name(250) } },
              Metrics: {
                type: "array",
                minItems: 1,
                maxItems: 100,
                items: {
                  type: "object",
                  required: ["Name"],
                  properties: {
                    Name: name(1024),
                    Unit: { type: "string", pattern: units.source },
                    StorageResolution: { enum: [1, 60] },
                  },
                },
              },
            },
          },
        },
      },
    },
  },
} as const;

const isOfSchema = new Ajv({ allErrors: true }).compile(schema);

/** What is wrong with a record: of the schema, and of what the specification says in words. */
export const faultsOf = (record: MetricRecord): readonly string[] => {
  if (!isOfSchema(record))
    return (isOfSchema.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
  const faults: string[] = [];
  if (Buffer.byteLength(JSON.stringify(record)) > 1_000_000) faults.push("larger than 1 MB");
  for (const { Dimensions: sets, Metrics: metrics } of directivesOf(record)) {
    for (const key of sets.flat()) {
      const value = record[key];
      if (typeof value !== "string" || value === "" || value.length > 1024)
        faults.push(`dimension ${key} has no value`);
    }
    for (const { Name: metric } of metrics) {
      const values = [record[metric]].flat();
      if (values.length > 100) faults.push(`metric ${metric} has more than 100 values`);
      if (values.some((value) => typeof value !== "number" || !Number.isFinite(value))) {
        faults.push(`metric ${metric} is no number`);
      }
    }
  }
  return faults;
};

const directivesOf = ({ _aws: { CloudWatchMetrics: directives } }: MetricRecord) => directives;

/** A metric as CloudWatch files it, and its values in one record. */
export interface EmittedMetric {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly values: readonly number[];
}

/** Everything that CloudWatch makes of a record: one metric for each set of dimensions. */
export const metricsOf = (record: MetricRecord): readonly EmittedMetric[] =>
  directivesOf(record).flatMap(({ Namespace: namespace, Dimensions: sets, Metrics: metrics }) =>
    sets.flatMap((keys) =>
      metrics.map(({ Name: metric }) => ({
        namespace,
        name: metric,
        dimensions: Object.fromEntries(keys.map((key) => [key, String(record[key])])),
        values: [record[metric]].flat() as readonly number[],
      })),
    ),
  );
