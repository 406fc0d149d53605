import { expect, it } from "vitest";
import { requestLimits } from "../../core/request/limits.ts";
import { parseRequest } from "../../core/request/parse-request.ts";
import type { HostEvent } from "../../local/endpoint/execution-host.ts";
import { stateLimitBytes } from "../../local/host/state-limit.ts";
import { scriptedRunner } from "../support/scripted-runner.ts";
import { startTestEngine } from "../support/test-engine.ts";

/** As many bytes of inline payloads as a request may have, in a form that differs from sample to sample. */
const largestPayloads = () => {
  const texts = Array.from({ length: 100 }, (_, index) => `${index}`.padEnd(600, "x"));
  const weighted = texts.map((payload) => ({ payload, weight: 1 }));
  const left = requestLimits.inlinePayloadBytes - Buffer.byteLength(JSON.stringify({ weighted }));
  return { weighted: [{ payload: "".padEnd(600 + left - 1, "y"), weight: 1 }, ...weighted.slice(1)] };
};

const sizesMb = Array.from({ length: requestLimits.sizes }, (_, index) => 128 + index * 150);
const coldStarts = Math.floor(requestLimits.versions / requestLimits.sizes) - 1;
const callsPerSize = Math.floor(requestLimits.invocations / requestLimits.sizes);

const largestRequest = {
  functionArn: "target",
  memory: { sizesMb },
  sampling: { method: "fixed", invocationsPerSize: callsPerSize - coldStarts, coldStarts, concurrency: 200 },
  payloads: largestPayloads(),
  allowedErrors: Array.from({ length: 50 }, (_, index) => `Allowed${index}`.padEnd(256, "Z")),
  logPayloads: true,
};

/** Fails in as many ways as it can, at length, and measures differently each time. */
const talkativeRunner = () =>
  scriptedRunner(({ index, indexOfVersion }) => {
    const durationMs = 100_000 + ((index * 7919) % 700_000) + 0.37;
    return indexOfVersion % 9 === 3
      ? { durationMs, error: { type: `Error${index % 7}`.padEnd(90, "e"), message: '"\\\u0001é'.repeat(500) } }
      : { durationMs };
  });

const sizesOf = (events: readonly HostEvent[]): [string, number][] =>
  events.flatMap((event): [string, number][] => {
    if (event.kind === "state-entered") return [[`${event.state.name} in`, bytes(event.input)]];
    return event.kind === "state-exited" ? [[`${event.state.name} out`, bytes(event.output)]] : [];
  });

/** What Step Functions keeps of a failure's cause. */
const causeLimitBytes = 32_768;

const bytes = (value: unknown): number => Buffer.byteLength(JSON.stringify(value) ?? "");

it("stays within what Step Functions passes between states, for the largest request of the schema", async () => {
  expect(() => parseRequest(largestRequest)).not.toThrow();
  const engine = await startTestEngine({
    runner: talkativeRunner(),
    settings: { timeoutSeconds: 900, tracing: "Active", description: "d".repeat(256) },
  });
  let largest: [string, number] = ["", 0];
  const result = await engine.tune(largestRequest, {
    onEvent: (event) => {
      for (const size of sizesOf([event])) if (size[1] > largest[1]) largest = size;
    },
  });
  expect(result.kind).toBe("report");
  const invocations = result.kind === "report" ? result.report.run.invocations : 0;
  expect(invocations).toBeGreaterThanOrEqual(sizesMb.length * callsPerSize);
  // Whatever is added to the state must leave room for the cause of a failure, which Step Functions adds to it.
  const [largestState, size] = largest;
  expect({ largestState, left: stateLimitBytes - size }).toSatisfy(({ left }) => left > causeLimitBytes);
}, 240_000);
