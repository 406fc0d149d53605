import { describe, expect, it } from "vitest";
import { type GivenFlag, requestFromFlags } from "../../../cli/flags/request-from-flags.ts";
import { parseRequest } from "../../../core/request/parse-request.ts";

const given = (flags: Readonly<Record<string, GivenFlag["value"]>>) =>
  new Map(Object.entries(flags).map(([name, value]) => [name, { value, typedAs: name }]));

const inputOf = (flags: Readonly<Record<string, GivenFlag["value"]>>, config = {}) =>
  requestFromFlags(config, given(flags)).input;

const faultsOf = (flags: Readonly<Record<string, GivenFlag["value"]>>) => requestFromFlags({}, given(flags)).faults;

describe("flags laid over a config", () => {
  it.each([
    [{ "--max-usd": "0.5" }, {}, { budget: { maxUsd: 0.5 } }],
    [{ "--max-usd": "0.5" }, { budget: { maxInvocations: 9 } }, { budget: { maxInvocations: 9, maxUsd: 0.5 } }],
    [{ "--memory": "512, 128" }, { memory: { minMb: 256 } }, { memory: { sizesMb: [512, 128] } }],
    [{ "--memory-max": "1024" }, { memory: { minMb: 256 } }, { memory: { minMb: 256, maxMb: 1024 } }],
    [{ "--memory-min": "256" }, { memory: { sizesMb: [128] } }, { memory: { minMb: 256 } }],
    [{ "--objective": "speed" }, {}, { objective: { kind: "speed" } }],
    [{ "--tolerance-percent": "10" }, { objective: "cost" }, { objective: { kind: "speed", toleranceP: 10 } }],
    [{ "--weight": "0" }, {}, { objective: { kind: "balanced", weight: 0 } }],
    [{ "--slo": "p99=1.5s" }, {}, { objective: { kind: "slo", percentile: 99, durationMs: 1500 } }],
    [
      { "--objective": "slo" },
      { objective: { kind: "slo", durationMs: 300 } },
      { objective: { kind: "slo", durationMs: 300 } },
    ],
    [{ "--timeout-margin": "1.5s" }, {}, { timeout: { marginMs: 1500 } }],
    [{ "--caller-ceiling": "29s" }, {}, { timeout: { callerCeilingMs: 29_000 } }],
    [{ "--apply": "memory,timeout", "--alias": "live" }, {}, { apply: { memory: true, timeout: true, alias: "live" } }],
    [{ "--dry-run": true }, { dryRun: false }, { dryRun: true }],
  ])("%j over %j is %j", (flags, config, expected) => {
    expect(inputOf(flags, config)).toEqual(expected);
    parseRequest({ functionArn: "f", ...inputOf(flags, config) });
  });
});

describe("flags that contradict each other", () => {
  it.each([
    [
      { "--memory": "128", "--memory-max": "512" },
      "--memory lists the sizes, so --memory-max cannot be given with it.",
    ],
    [{ "--objective": "slo" }, "--objective slo needs a limit: add --slo p95=300ms."],
    [{ "--slo": "p97=3s" }, '--slo: expected p50, p90, p95 or p99 and a duration, such as p95=300ms, got "p97=3s".'],
    [
      { "--slo": "p95=soon" },
      '--slo: expected p50, p90, p95 or p99 and a duration, such as p95=300ms, got "p95=soon".',
    ],
    [
      { "--objective": "cost", "--weight": "1" },
      "--weight belongs to the objective balanced, but --objective asks for cost.",
    ],
    [{ "--apply": "disk" }, '--apply: expected memory, timeout or both as memory,timeout, got "disk".'],
  ])("%j: %s", (flags, fault) => {
    expect(faultsOf(flags)).toEqual([fault]);
  });
});

describe("names of faulty values", () => {
  const names = (path: PropertyKey[], configName?: string) =>
    requestFromFlags({}, given({ "--memory": "1", "--slo": "p95=3s", "--max-usd": "x" }), configName).names(path);

  it.each([
    [["memory", "sizesMb", 2], "--memory, entry 3"],
    [["objective", "durationMs"], "--slo"],
    [["objective", "kind"], "--slo"],
    [["budget", "maxUsd"], "--max-usd"],
    [["sampling", "seed"], "sampling.seed"],
    [["payloads", "weighted", 0], "payloads.weighted[0]"],
  ])("%j is called %s", (path, name) => {
    expect(names(path)).toBe(name);
  });

  it("says which config file a value is from", () => {
    expect(names(["sampling", "confidence"], "c.json")).toBe("sampling.confidence (c.json)");
  });
});
