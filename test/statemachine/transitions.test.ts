import { expect, it } from "vitest";
import { transitionsAfterTheRounds, transitionsOf } from "../../core/planning/transitions.ts";
import { enteredStates, eventLog, startTestEngine } from "../support/test-engine.ts";

const request = { functionArn: "target", memory: { sizesMb: [256, 512, 1024] } };

it("has the transitions that a report charges for", async () => {
  const engine = await startTestEngine();
  const { events, onEvent } = eventLog();
  await engine.tune({ ...request, sampling: { method: "fixed", invocationsPerSize: 2 } }, { onEvent });
  expect(enteredStates(events)).toHaveLength(transitionsOf({ rounds: 1, sizesPerRound: 3 }));
});

it("counts the rounds of an adaptive run as it goes", async () => {
  const engine = await startTestEngine();
  const { events, onEvent } = eventLog();
  await engine.tune({ functionArn: "target" }, { onEvent });
  const recommend = events.find((event) => event.kind === "state-entered" && event.state.name === "Recommend");
  expect(recommend).toMatchObject({
    input: { overhead: { transitions: enteredStates(events).length - transitionsAfterTheRounds(false) } },
  });
});
