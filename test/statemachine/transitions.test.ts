import { describe, expect, it } from "vitest";
import type { Report } from "../../core/report/schema.ts";
import type { Engine } from "../../local/engine.ts";
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

describe("the count in a report", () => {
  const fixed = { ...request, sampling: { method: "fixed", invocationsPerSize: 2 } };
  const withoutRetries = transitionsOf({ rounds: 1, sizesPerRound: 3 });
  const denied = { status: 403, type: "AccessDeniedException" };
  const countedBy = async (
    enterState: (name: string, engine: Engine) => void,
  ): Promise<Report["run"] & { warned: readonly string[] }> => {
    const engine = await startTestEngine({ retryIntervalMs: 1 });
    const result = await engine.tune(fixed, {
      onEvent: (event) => {
        if (event.kind === "state-entered") enterState(event.state.name, engine);
      },
    });
    if (result.kind !== "report") throw new TypeError("Expected a report.");
    return { ...result.report.run, warned: result.report.warnings.map(({ kind }) => kind) };
  };

  it("is that of the execution's history", async () => {
    expect((await countedBy(() => undefined)).stateTransitions).toBe(withoutRetries);
  });

  it("has the retries of states", async () => {
    const run = await countedBy((state, { endpoint }) => {
      // It fails twice and is called again.
      if (state === "CleanUp") endpoint.injectFault({ operation: "ListVersionsByFunction", times: 2, error: denied });
    });
    expect(run.stateTransitions).toBe(withoutRetries + 2);
    expect(run.warned).not.toContain("transitions-assumed");
  });

  it("does without the history where it may not be read, and says so", async () => {
    const run = await countedBy((state, { endpoint }) => {
      if (state === "Plan") endpoint.injectFault({ operation: "GetExecutionHistory", times: 10, error: denied });
    });
    expect(run.stateTransitions).toBe(withoutRetries);
    expect(run.warned).toContain("transitions-assumed");
  });
});
