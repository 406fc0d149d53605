import { describe, expect, it } from "vitest";
import { decodeSamples } from "../../../../core/invocation/sample-codec.ts";
import type { ExecutionState } from "../../../../functions/execution-state.ts";
import { handler as measure } from "../../../../functions/measure.ts";
import type { MeasureInput, MeasureProgress } from "../../../../functions/measuring/measure-input.ts";
import { readings } from "../../../../functions/observability/readings/measure.ts";
import { handler as provision } from "../../../../functions/provision.ts";
import { scriptedRunner } from "../../../support/scripted-runner.ts";
import { startAccount, type TestAccount } from "../../function-call.ts";

/** What the Map hands to an iteration of one size. */
const iteration = async (account: TestAccount): Promise<MeasureInput> => {
  const { jobs, ...state }: ExecutionState = await account.plan({ memory: { sizesMb: [1024] } });
  const { versions } = await account.call(provision, { ...state, jobs });
  const [job] = jobs;
  if (job === undefined) throw new TypeError("Expected a job, got none.");
  return {
    job,
    run: state.run,
    target: state.target,
    request: state.request,
    round: 1,
    limits: state.limits,
    versions,
  };
};

const valuesOf = (event: MeasureInput, answer: MeasureProgress): Record<string, number> =>
  Object.fromEntries(readings(event, answer).map(({ metric, value }) => [metric, value]));

describe("what a call of Measure says", () => {
  it("is what it has sent, what failed of that, and what it was charged", async () => {
    const runner = scriptedRunner(({ index }) =>
      index === 2 ? { error: { type: "Error", message: "broken" } } : { durationMs: 1000 },
    );
    const account = await startAccount({ runner, definition: { memorySizeMb: 1024 } });
    const event = await iteration(account);
    const answer = await account.call(measure, event);
    const samples = decodeSamples(answer.measurement.samples);
    const billedSeconds = samples.reduce((sum, { billedMs }) => sum + billedMs / 1000, 0);
    expect(valuesOf(event, answer)).toEqual({
      targetInvocations: answer.measurement.invocations,
      failedInvocations: 1,
      // One GB: the price of us-east-1 for each second, and for each request.
      spendUsd: expect.closeTo(billedSeconds * 0.0000166667 + samples.length * 0.0000002, 12),
    });
  });

  it("leaves out what the call before it has said", async () => {
    const runner = scriptedRunner();
    const account = await startAccount({ runner, definition: { memorySizeMb: 1024 } });
    const event = await iteration(account);
    const first = await account.call(measure, event, {
      getRemainingTimeInMillis: () => (runner.invocations.length >= 3 ? 0 : 300_000),
    });
    expect(first.remaining).toBeDefined();
    const next: MeasureInput = { ...event, progress: first };
    const second = await account.call(measure, next);
    const [before, after] = [valuesOf(event, first), valuesOf(next, second)];
    expect((before["targetInvocations"] ?? 0) + (after["targetInvocations"] ?? 0)).toBe(second.measurement.invocations);
    expect(after["targetInvocations"]).toBeLessThan(second.measurement.invocations);
    const whole = valuesOf(event, second);
    expect((before["spendUsd"] ?? 0) + (after["spendUsd"] ?? 0)).toBeCloseTo(whole["spendUsd"] ?? 0, 15);
  });

  it("is nothing when nothing was sent", async () => {
    const account = await startAccount();
    const event = { ...(await iteration(account)), versions: [] };
    expect(readings(event, await account.call(measure, event))).toEqual([]);
  });
});
