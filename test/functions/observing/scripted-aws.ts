import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import { onTestFinished } from "vitest";
import { withEnvironment } from "../../../functions/environment.ts";
import { handler as observe } from "../../../functions/observe.ts";

/** One call as the server saw it. */
export interface ScriptedCall {
  /** `GetMetricData`, or method and path of REST calls. */
  readonly name: string;
  readonly body: Record<string, unknown>;
}

/** What a call is answered with. */
export interface ScriptedAnswer {
  readonly status?: number;
  readonly errorType?: string;
  readonly body: unknown;
}

/** A server on loopback that answers AWS calls as a test says: for what the embedded endpoint never does. */
export const startScriptedAws = async (
  answer: (call: ScriptedCall, calls: readonly ScriptedCall[]) => ScriptedAnswer,
) => {
  const calls: ScriptedCall[] = [];
  const server = createServer((request, response) => {
    void readBody(request).then((text) => {
      const call = { name: nameOf(request), body: text === "" ? {} : (JSON.parse(text) as Record<string, unknown>) };
      calls.push(call);
      const { status = 200, errorType, body } = answer(call, calls);
      response.writeHead(status, {
        "content-type": "application/x-amz-json-1.0",
        ...(errorType === undefined ? {} : { "x-amzn-errortype": errorType }),
      });
      response.end(
        JSON.stringify(errorType === undefined ? body : { __type: errorType, message: body, Message: body }),
      );
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(async () => {
    server.closeAllConnections();
    server.close();
    await once(server, "close");
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new TypeError("Expected a TCP address.");
  const url = `http://127.0.0.1:${address.port}`;
  const variables = {
    AWS_ENDPOINT_URL: url,
    AWS_REGION: "us-east-1",
    AWS_ACCESS_KEY_ID: "test",
    AWS_SECRET_ACCESS_KEY: "test",
  };
  return {
    url,
    calls,
    environment: variables,
    observe: (event: unknown, signal?: AbortSignal) =>
      withEnvironment(variables, () =>
        observe(event, { getRemainingTimeInMillis: () => 60_000, ...(signal === undefined ? {} : { signal }) }),
      ),
  };
};

const readBody = async (request: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
};

const nameOf = ({ headers, method = "", url = "" }: IncomingMessage): string => {
  const target = headers["x-amz-target"];
  return typeof target === "string" ? (target.split(".")[1] ?? target) : `${method} ${decodeURIComponent(url)}`;
};

/** Answers to the Lambda calls of a function that nobody may call. */
export const noCallers = ({ name }: ScriptedCall): ScriptedAnswer =>
  name.includes("/policy")
    ? { status: 404, errorType: "ResourceNotFoundException", body: "The resource you requested does not exist." }
    : { body: { EventSourceMappings: [] } };

/** A query of GetMetricData. */
export interface ScriptedQuery {
  readonly Id: string;
  readonly MetricStat: {
    readonly Metric: {
      readonly MetricName: string;
      readonly Dimensions: readonly { readonly Name: string; readonly Value: string }[];
    };
    readonly Period: number;
    readonly Stat: string;
  };
}

export const queriesOf = ({ body }: ScriptedCall): readonly ScriptedQuery[] =>
  body["MetricDataQueries"] as readonly ScriptedQuery[];

/** What a function with 100,000 invocations as a whole, and none under any qualifier, has of a statistic. */
export const wholeFunction = ({ MetricStat }: ScriptedQuery): number | undefined => {
  if (MetricStat.Metric.Dimensions.some(({ Name }) => Name !== "FunctionName")) return undefined;
  switch (`${MetricStat.Metric.MetricName} ${MetricStat.Stat}`) {
    case "Invocations Sum":
    case "Duration SampleCount":
      return 100_000;
    case "Duration Sum":
      return 12_000_000;
    case "Duration Maximum":
      return 4000;
    case "Duration p99":
      return 900;
    default:
      return MetricStat.Metric.MetricName === "Duration" && !MetricStat.Stat.startsWith("PR") ? 1000 : undefined;
  }
};

/** A complete answer to one query. */
export const completeResult = (query: ScriptedQuery, value: number | undefined) => ({
  Id: query.Id,
  Label: query.MetricStat.Metric.MetricName,
  StatusCode: "Complete",
  Timestamps: value === undefined ? [] : [1_767_225_600],
  Values: value === undefined ? [] : [value],
});

/** The state as far as Observe reads it. */
export const observeEvent = (
  facts: { readonly qualifier?: string; readonly tracing?: boolean; readonly traceIds?: readonly string[] } = {},
) => ({
  run: { id: "run-1", engine: "aws", startedAt: "2026-01-31T12:34:56.000Z" },
  request: { functionArn: "orders" },
  target: {
    functionArn: "arn:aws:lambda:us-east-1:123456789012:function:orders",
    functionName: "orders",
    ...(facts.qualifier === undefined ? {} : { qualifier: facts.qualifier }),
    accountId: "123456789012",
    region: "us-east-1",
    architecture: "x86_64",
    packageType: "Zip",
    snapStart: false,
    tracing: facts.tracing ?? false,
    ephemeralStorageMb: 512,
    original: { memorySizeMb: 1024, timeoutSeconds: 10, description: "", codeSha256: "", settingsSha256: "" },
  },
  measurements: [
    {
      memorySizeMb: 512,
      outcome: "measured",
      samples: "",
      errors: [],
      invocations: 0,
      throttles: 0,
      ...(facts.traceIds === undefined ? {} : { traceIds: [...facts.traceIds] }),
    },
  ],
  round: 3,
});
