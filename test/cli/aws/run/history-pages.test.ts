import { SFNClient, StartExecutionCommand } from "@aws-sdk/client-sfn";
import { expect, it, onTestFinished } from "vitest";
import type { AwsSession } from "../../../../cli/aws/run/aws-session.ts";
import { HistoryPages } from "../../../../cli/aws/run/history-pages.ts";
import type { ExecutionRun } from "../../../../local/endpoint/execution-host.ts";
import { startTestEndpoint } from "../../../support/test-endpoint.ts";

/** An execution whose history grows as the test says. */
const growing = async () => {
  const endpoint = await startTestEndpoint();
  let run: ExecutionRun | undefined;
  const end = Promise.withResolvers<{ readonly status: "SUCCEEDED"; readonly output: null }>();
  const stateMachineArn = endpoint.attachExecutionHost({
    stateMachineName: "growing",
    definition: "{}",
    run: async (started) => {
      run = started;
      return end.promise;
    },
  });
  onTestFinished(() => end.resolve({ status: "SUCCEEDED", output: null }));
  const settings = { endpoint: endpoint.url, region: endpoint.region, installationName: "default" };
  const stepFunctions = new SFNClient({ ...settings, credentials: { accessKeyId: "test", secretAccessKey: "test" } });
  const { executionArn = "" } = await stepFunctions.send(new StartExecutionCommand({ stateMachineArn, input: "{}" }));
  const installation = { version: "1", stateMachineArn, reportBucketName: "b", cleanUpFunctionArn: "f" };
  const session: AwsSession = { settings, installation, stepFunctions };
  const pages = new HistoryPages(session, executionArn);
  const signal = new AbortController().signal;
  return {
    endpoint,
    grow: (count: number) => {
      for (let event = 0; event < count; event += 1) {
        run?.onEvent({ kind: "state-entered", state: { name: "Plan", type: "Task" }, input: null });
      }
    },
    /** Ids of everything that is there and was not told yet. */
    news: async () => {
      const ids: (number | undefined)[] = [];
      for (;;) {
        const { events, more } = await pages.next(signal);
        ids.push(...events.map(({ id }) => id));
        if (!more) return ids;
      }
    },
  };
};

const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index);

it("tells every event once, over pages that fill up while they are read", async () => {
  const { grow, news } = await growing();
  expect(await news()).toEqual([1]);
  grow(498);
  expect(await news()).toEqual(range(2, 499));
  expect(await news()).toEqual([]);
  grow(1202);
  expect(await news()).toEqual(range(500, 1701));
  grow(3);
  expect(await news()).toEqual([1702, 1703, 1704]);
});

it("starts over when a token has expired, and tells nothing twice", async () => {
  const { grow, news, endpoint } = await growing();
  grow(600);
  expect(await news()).toEqual(range(1, 601));
  grow(10);
  endpoint.injectFault({ operation: "states:GetExecutionHistory", error: { status: 400, type: "InvalidToken" } });
  expect(await news()).toEqual(range(602, 611));
});
