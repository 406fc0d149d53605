import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { parseProductionHistory } from "../../../local/endpoint/cloudwatch/production-history.ts";
import { createMetricStore } from "../../../local/endpoint/cloudwatch/metric-store.ts";
import { lambdaOperations } from "../../../local/endpoint/lambda/operations.ts";
import { createTraceStore } from "../../../local/endpoint/xray/trace-store.ts";
import { parseSimulation } from "../../../local/simulation/simulation-file.ts";

const page = readFileSync("docs/endpoint.md", "utf8");

const jsonBlocks = [...page.matchAll(/```json\n(.*?)```/gs)].map((match): unknown => JSON.parse(match[1] ?? ""));

it("shows a simulation file that can be read", () => {
  expect(parseSimulation(jsonBlocks[0]).points).toHaveLength(3);
});

it("shows a metrics file that can be read", () => {
  expect(parseProductionHistory(jsonBlocks[1]).get("thumbs")?.invocations).toBe(250_000);
});

it("lists every operation of Lambda that the endpoint has, and no other", () => {
  const listed = /^\| Lambda \| (.+) \|$/m.exec(page)?.[1]?.split(", ") ?? [];
  const account = {
    accountId: "123456789012",
    region: "us-east-1",
    limits: {
      maxMemoryMb: 10_240,
      concurrentExecutions: 1000,
      unreservedConcurrency: undefined,
      controlPlaneRate: undefined,
    },
    controlPlaneDelayMs: 0,
    clock: () => 0,
    functions: new Map(),
  };
  const had = lambdaOperations(account, {
    metrics: createMetricStore(),
    traces: createTraceStore(),
    onInvocation: () => undefined,
    closing: new AbortController().signal,
  }).map(({ name }) => name);
  expect(listed.toSorted()).toEqual(had.toSorted());
});
