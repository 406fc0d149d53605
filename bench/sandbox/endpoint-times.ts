import { InvokeCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { oneVcpuMb } from "../../core/units.ts";
import type { FunctionRunner } from "../../local/endpoint/function-runner.ts";
import { type Endpoint, startEndpoint } from "../../local/endpoint/start-endpoint.ts";

const functionName = "nothing";

/** Times of warm invocations through the endpoint, in milliseconds. The endpoint closes the runner when it closes. */
export const timeWarmInvocations = async (runner: FunctionRunner): Promise<readonly number[]> =>
  withClient(runner, async (invoke) => {
    const warmUps = 100;
    for (let i = 0; i < warmUps; i++) await invoke();
    return timesOf(500, invoke);
  });

/** Times of invocations that have to start their environment, through the endpoint, in milliseconds. */
export const timeColdStarts = async (runner: FunctionRunner): Promise<readonly number[]> =>
  withClient(runner, async (invoke) => {
    await invoke();
    return timesOf(25, invoke, () => runner.retire("$LATEST"));
  });

const withClient = async <Result>(
  runner: FunctionRunner,
  work: (invoke: () => Promise<unknown>) => Promise<Result>,
): Promise<Result> => {
  const endpoint = await startEndpoint();
  endpoint.registerFunction({ functionName, memorySizeMb: oneVcpuMb, timeoutSeconds: 60 }, keptOpen(runner));
  const client = clientOf(endpoint);
  try {
    return await work(() => client.send(new InvokeCommand({ FunctionName: functionName, LogType: "Tail" })));
  } finally {
    client.destroy();
    await endpoint.close();
  }
};

/** The endpoint closes its runners when it closes; this one is needed again. */
const keptOpen = (runner: FunctionRunner): FunctionRunner => ({
  invoke: (invocation) => runner.invoke(invocation),
  retire: (version) => runner.retire(version),
  close: async () => {},
});

const clientOf = ({ url, region }: Endpoint): LambdaClient =>
  new LambdaClient({ endpoint: url, region, credentials: { accessKeyId: "local", secretAccessKey: "local" } });

const timesOf = async (
  count: number,
  invoke: () => Promise<unknown>,
  before: () => Promise<void> = async () => {},
): Promise<readonly number[]> => {
  const times: number[] = [];
  for (let i = 0; i < count; i++) {
    await before();
    const startedAt = performance.now();
    await invoke();
    times.push(performance.now() - startedAt);
  }
  return times;
};
