import { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { LambdaClient } from "@aws-sdk/client-lambda";
import { S3Client } from "@aws-sdk/client-s3";
import { SFNClient } from "@aws-sdk/client-sfn";
import { SQSClient } from "@aws-sdk/client-sqs";
import { XRayClient } from "@aws-sdk/client-xray";
import { environment } from "../environment.ts";

/** Lambda's own longest timeout, and some: a socket that is cut earlier would cut an invocation that is paid for. */
const invokeSocketTimeoutMs = 930_000;

/** The client of Lambda's management API. Its 15 requests a second are shared by the account: it backs off for long. */
export const lambdaControlClient = (): LambdaClient =>
  clientOf("control", (settings) => new LambdaClient({ ...settings, maxAttempts: 8, retryMode: "adaptive" }));

/**
 * The client that invokes targets.
 *
 * It never repeats a call by itself: an invocation whose answer was lost may have run, and running it twice would be
 * measured once and paid twice.
 */
export const lambdaInvokeClient = (): LambdaClient =>
  clientOf(
    "invoke",
    (settings) =>
      new LambdaClient({
        ...settings,
        maxAttempts: 1,
        requestHandler: {
          connectionTimeout: 10_000,
          requestTimeout: 0,
          socketTimeout: invokeSocketTimeoutMs,
          httpAgent: { keepAlive: true, maxSockets: 1000 },
          httpsAgent: { keepAlive: true, maxSockets: 1000 },
        },
      }),
  );

/** The client that reads production's metrics. Four attempts, then the report does without them. */
export const cloudWatchClient = (): CloudWatchClient =>
  clientOf("cloudwatch", (settings) => new CloudWatchClient({ ...settings, maxAttempts: 4 }));

/** The client that reads traces of the run's own invocations. */
export const xrayClient = (): XRayClient =>
  clientOf("xray", (settings) => new XRayClient({ ...settings, maxAttempts: 4 }));

/** The client that reads the queues which feed the target. It calls its own regional address, whatever a queue's is. */
export const sqsClient = (): SQSClient =>
  clientOf("sqs", (settings) => new SQSClient({ ...settings, maxAttempts: 4, useQueueUrlAsEndpoint: false }));

/** The client that reads the run's own history. Four attempts, then the report does without it. */
export const stepFunctionsClient = (): SFNClient =>
  clientOf("step-functions", (settings) => new SFNClient({ ...settings, maxAttempts: 4 }));

/** The client of the lock table. */
export const dynamoDbClient = (): DynamoDBClient => clientOf("dynamodb", (settings) => new DynamoDBClient(settings));

/** The client that reads payloads. */
export const s3Client = (): S3Client =>
  clientOf("s3", (settings) => new S3Client({ ...settings, forcePathStyle: settings.endpoint !== undefined }));

interface ClientSettings {
  readonly endpoint?: string;
  readonly region?: string;
  readonly profile?: string;
  readonly credentials?: {
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly sessionToken?: string;
  };
}

const clients = new Map<string, unknown>();
/** More than a function or an engine needs: only a process that starts one engine after the other gets there. */
const mostClients = 64;

/** One client a kind and endpoint, made at first use: a function that never calls a service never pays for its client. */
const clientOf = <Client>(kind: string, create: (settings: ClientSettings) => Client): Client => {
  const settings = clientSettings();
  const key = JSON.stringify([kind, settings]);
  const known = clients.get(key);
  // The key says what kind of client stands there.
  if (known !== undefined) return known as Client;
  const created = create(settings);
  clients.set(key, created);
  const [oldest] = clients.keys();
  if (clients.size > mostClients && oldest !== undefined) clients.delete(oldest);
  return created;
};

const clientSettings = (): ClientSettings => {
  const variables = environment();
  const endpoint = variables["AWS_ENDPOINT_URL"];
  const region = variables["AWS_REGION"] ?? variables["AWS_DEFAULT_REGION"];
  return {
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(region === undefined ? {} : { region }),
    ...scopedProfile(variables),
    ...scopedCredentials(variables),
  };
};

/** The SDK's own chain reads the process's profile by itself. */
const scopedProfile = (variables: ReturnType<typeof environment>): Pick<ClientSettings, "profile"> => {
  const profile = variables["AWS_PROFILE"];
  return variables === process.env || profile === undefined ? {} : { profile };
};

/** In Lambda and in a shell the SDK's own chain finds the credentials; only a scoped environment has to hand them over. */
const scopedCredentials = (variables: ReturnType<typeof environment>): Pick<ClientSettings, "credentials"> => {
  const accessKeyId = variables["AWS_ACCESS_KEY_ID"];
  const secretAccessKey = variables["AWS_SECRET_ACCESS_KEY"];
  if (variables === process.env || accessKeyId === undefined || secretAccessKey === undefined) return {};
  const sessionToken = variables["AWS_SESSION_TOKEN"] ?? "";
  return {
    credentials: { accessKeyId, secretAccessKey, ...(sessionToken === "" ? {} : { sessionToken }) },
  };
};
