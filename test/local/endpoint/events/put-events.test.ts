import { PutEventsCommand } from "@aws-sdk/client-eventbridge";
import { expect, it } from "vitest";
import type { PutEvent } from "../../../../local/endpoint/events/put-events.ts";
import { clientsOf, startTestEndpoint } from "../../../support/test-endpoint.ts";

it("hands every event on, its detail parsed", async () => {
  const seen: PutEvent[] = [];
  const endpoint = await startTestEndpoint({ onEvent: (event) => seen.push(event) });
  const answer = await clientsOf(endpoint).events.send(
    new PutEventsCommand({
      Entries: [{ Source: "lambda-tuner", DetailType: "Tuning Run Finished", Detail: '{"runId":"r"}' }],
    }),
  );
  expect(answer).toMatchObject({ FailedEntryCount: 0, Entries: [{ EventId: seen[0]?.id }] });
  expect(seen).toMatchObject([
    { source: "lambda-tuner", detailType: "Tuning Run Finished", detail: { runId: "r" }, eventBusName: "default" },
  ]);
});

it("refuses entries one by one", async () => {
  const seen: PutEvent[] = [];
  const endpoint = await startTestEndpoint({ onEvent: (event) => seen.push(event) });
  const answer = await clientsOf(endpoint).events.send(
    new PutEventsCommand({
      Entries: [
        { Source: "s", DetailType: "t", Detail: "not json" },
        { Source: "s", Detail: "{}" },
        { Source: "s", DetailType: "t", Detail: "{}" },
      ],
    }),
  );
  expect(answer.FailedEntryCount).toBe(2);
  expect(answer.Entries?.map(({ ErrorCode }) => ErrorCode)).toEqual(["MalformedDetail", "InvalidArgument", undefined]);
  expect(seen).toHaveLength(1);
});
