import {
  type CloudWatchClient,
  GetMetricDataCommand,
  type GetMetricDataCommandOutput,
  type MetricDataQuery,
  type MetricDataResult,
} from "@aws-sdk/client-cloudwatch";

/** One number to read: a statistic of a metric over the whole window. */
export interface MetricWanted {
  /** Of the caller's choosing, unique in a call. */
  readonly name: string;
  readonly namespace: string;
  readonly metric: string;
  readonly dimensions: Readonly<Record<string, string>>;
  /** As CloudWatch names it: `Sum`, `Maximum`, `p99.9`, `PR(:3000)`. */
  readonly statistic: string;
}

/** The time that statistics are taken over, in milliseconds since 1970: from `startMs`, up to but without `endMs`. */
export interface MetricWindow {
  readonly startMs: number;
  readonly endMs: number;
}

/** What was read, by name. A metric without data is in neither. */
export interface MetricReadings {
  readonly values: ReadonlyMap<string, number>;
  /** Names that CloudWatch could not answer in full, whatever it did answer: half a maximum is no maximum. */
  readonly incomplete: readonly string[];
  /** Whether CloudWatch refused some of them for lack of permission. */
  readonly forbidden: boolean;
}

/** As many as CloudWatch takes in one call. */
const queriesPerCall = 500;

/**
 * Reads statistics over one window, each as a single number: in as few calls as CloudWatch allows, every page of them.
 *
 * @param client - Its retries are the only ones.
 * @param wanted - Any number; names are unique.
 * @param window - Whole minutes.
 * @throws The client's error when a call fails for good.
 * @see {@link https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricData.html}
 */
export const readMetrics = async (
  client: CloudWatchClient,
  wanted: readonly MetricWanted[],
  window: MetricWindow,
  abortSignal?: AbortSignal,
): Promise<MetricReadings> => {
  const results = new Map<string, { values: number[]; status: string | undefined }>();
  for (let first = 0; first < wanted.length; first += queriesPerCall) {
    const batch = wanted.slice(first, first + queriesPerCall);
    for await (const page of pagesOf(client, batch, first, window, abortSignal)) {
      for (const result of page.MetricDataResults ?? []) gather(results, result);
    }
  }
  return readingsOf(wanted, results);
};

async function* pagesOf(
  client: CloudWatchClient,
  batch: readonly MetricWanted[],
  offset: number,
  window: MetricWindow,
  abortSignal: AbortSignal | undefined,
): AsyncGenerator<GetMetricDataCommandOutput> {
  const periodSeconds = Math.max(60, Math.ceil((window.endMs - window.startMs) / 60_000) * 60);
  const input = {
    MetricDataQueries: batch.map((wanted, index) => queryOf(wanted, offset + index, periodSeconds)),
    StartTime: new Date(window.startMs),
    EndTime: new Date(window.endMs),
  };
  let token: string | undefined;
  do {
    const command = new GetMetricDataCommand({ ...input, ...(token === undefined ? {} : { NextToken: token }) });
    const page = await client.send(command, abortSignal === undefined ? {} : { abortSignal });
    yield page;
    token = page.NextToken;
  } while (token !== undefined);
}

/** CloudWatch's own ids must begin with a lower-case letter: ours are numbered. */
const idOf = (index: number): string => `m${index}`;

const queryOf = (wanted: MetricWanted, index: number, periodSeconds: number): MetricDataQuery => ({
  Id: idOf(index),
  MetricStat: {
    Metric: {
      Namespace: wanted.namespace,
      MetricName: wanted.metric,
      Dimensions: Object.entries(wanted.dimensions).map(([Name, Value]) => ({ Name, Value })),
    },
    Period: periodSeconds,
    Stat: wanted.statistic,
  },
});

/** Pages repeat an id with more of its values; the last page that has it says whether that is all. */
const gather = (
  results: Map<string, { values: number[]; status: string | undefined }>,
  { Id, Values, StatusCode }: MetricDataResult,
): void => {
  if (Id === undefined) return;
  const known = results.get(Id) ?? { values: [], status: undefined };
  known.values.push(...(Values ?? []));
  known.status = StatusCode;
  results.set(Id, known);
};

const readingsOf = (
  wanted: readonly MetricWanted[],
  results: ReadonlyMap<string, { values: number[]; status: string | undefined }>,
): MetricReadings => {
  const values = new Map<string, number>();
  const incomplete: string[] = [];
  let forbidden = false;
  wanted.forEach(({ name, statistic }, index) => {
    const result = results.get(idOf(index));
    forbidden ||= result?.status === "Forbidden";
    if (result?.status !== "Complete") incomplete.push(name);
    else if (result.values.length > 0) values.set(name, combined(result.values, statistic));
  });
  return { values, incomplete, forbidden };
};

/**
 * One number from several periods. The window is one period, but CloudWatch may align periods its own way and cut it in
 * two: counts add up, and of the rest the slower half stands for both, which keeps every bound a bound.
 */
const combined = (values: readonly number[], statistic: string): number => {
  if (statistic === "Sum" || statistic === "SampleCount") return values.reduce((sum, value) => sum + value, 0);
  return statistic.startsWith("PR") ? Math.min(...values) : Math.max(...values);
};
