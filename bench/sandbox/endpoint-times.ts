import { Agent, request } from "node:http";
import { oneVcpuMb } from "../../core/units.ts";
import type { FunctionRunner } from "../../local/endpoint/function-runner.ts";
import { startEndpoint } from "../../local/endpoint/start-endpoint.ts";

const functionName = "nothing";

/** Times of warm invocations through the endpoint, in milliseconds. */
export const timeWarmInvocations = async (runner: FunctionRunner): Promise<readonly number[]> =>
  withEndpoint(runner, async (invoke) => {
    const warmUps = 200;
    for (let i = 0; i < warmUps; i++) await invoke();
    return timesOf(1000, invoke);
  });

/** Times of invocations that have to start their environment, through the endpoint, in milliseconds. */
export const timeColdStarts = async (runner: FunctionRunner): Promise<readonly number[]> =>
  withEndpoint(runner, async (invoke) => {
    await invoke();
    return timesOf(25, invoke, () => runner.retire("$LATEST"));
  });

const withEndpoint = async <Result>(
  runner: FunctionRunner,
  work: (invoke: () => Promise<void>) => Promise<Result>,
): Promise<Result> => {
  const endpoint = await startEndpoint();
  endpoint.registerFunction({ functionName, memorySizeMb: oneVcpuMb, timeoutSeconds: 60 }, keptOpen(runner));
  // A plain client: what the SDK's takes, about a millisecond, is no cost of the local engine.
  const agent = new Agent({ keepAlive: true });
  try {
    return await work(() => invokeOver(agent, `${endpoint.url}/2015-03-31/functions/${functionName}/invocations`));
  } finally {
    agent.destroy();
    await endpoint.close();
  }
};

/** The endpoint closes its runners when it closes; this one is needed again. */
const keptOpen = (runner: FunctionRunner): FunctionRunner => ({ ...runner, close: async () => {} });

const invokeOver = (agent: Agent, url: string): Promise<void> =>
  new Promise((resolve, reject) => {
    const sent = request(url, { agent, method: "POST", headers: { "X-Amz-Log-Type": "Tail" } }, (response) => {
      response.resume();
      response.once("end", () => {
        if (response.statusCode === 200 && response.headers["x-amz-function-error"] === undefined) resolve();
        else reject(new Error(`The invocation failed with status ${response.statusCode}.`));
      });
    });
    sent.once("error", reject);
    sent.end("{}");
  });

const timesOf = async (
  count: number,
  invoke: () => Promise<void>,
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
