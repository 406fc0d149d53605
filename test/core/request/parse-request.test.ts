import { describe, expect, it } from "vitest";
import { InvalidRequestError } from "../../../core/errors/invalid-request-error.ts";
import { parseRequest } from "../../../core/request/parse-request.ts";

const faultsOf = (input: unknown): readonly string[] => {
  try {
    parseRequest(input);
  } catch (error) {
    if (error instanceof InvalidRequestError) return error.faults;
    throw error;
  }
  return [];
};

describe("a request", () => {
  it("needs nothing but its target", () => {
    expect(parseRequest({ functionArn: "thumbnails" }).request).toMatchObject({
      functionArn: "thumbnails",
      objective: { kind: "cost" },
      memory: { minMb: 128, maxMb: 10_240 },
      sampling: { method: "adaptive", preset: "standard", confidence: 0.95, tolerance: 0.02, concurrency: 10 },
      payloads: { inline: {} },
      timeout: { policy: "bounded-risk", percentile: 99, marginMs: 1000 },
      apply: { memory: false, timeout: false },
      lookbackDays: 14,
      logPayloads: false,
      dryRun: false,
    });
  });

  it.each([
    { functionArn: "x", objective: "speed", payloads: [{ payload: 1 }, { payload: { a: [null] }, weight: 3 }] },
    { functionArn: "x", memory: { sizesMb: [512, 128, 512] }, sampling: { method: "fixed", invocationsPerSize: 5 } },
    { functionArn: "x", objective: { kind: "slo", durationMs: 300 }, memory: { minMb: 256, stepMb: 256 } },
    { lambdaARN: "x", num: 10, payload: [{ payload: 1, weight: 2 }], strategy: "balanced" },
  ])("stays the same when it is parsed again (%#)", (input) => {
    const { request } = parseRequest(input);
    expect(parseRequest(request).request).toEqual(request);
  });

  it("sorts its sizes and drops repeated ones", () => {
    expect(parseRequest({ functionArn: "x", memory: { sizesMb: [512, 128, 512] } }).request.memory).toEqual({
      sizesMb: [128, 512],
    });
  });

  it("lists all of its faults at once", () => {
    expect(
      faultsOf({
        functionArn: "x",
        objective: "sped",
        memory: { sizesMb: [100, 20_000], x: 1 },
        sampling: { methd: "fixed", preset: "quik" },
      }),
    ).toEqual([
      'objective: expected one of cost, speed, balanced, slo, got "sped". Did you mean "speed"?',
      "memory.sizesMb[0]: expected at least 128, got 100.",
      "memory.sizesMb[1]: expected at most 10240, got 20000.",
      'Unknown key "x" in memory: expected one of sizesMb, minMb, maxMb, stepMb.',
      'sampling.preset: expected one of quick, standard, thorough, got "quik". Did you mean "quick"?',
      'Unknown key "methd" in sampling: did you mean "method"?',
    ]);
  });

  it.each<[string, object, string]>([
    ["no target", {}, "functionArn: expected a string, got nothing."],
    ["a mistyped key", { functionArn: "x", lookbackDay: 3 }, 'Unknown key "lookbackDay": did you mean "lookbackDays"?'],
    [
      "200 sizes",
      { functionArn: "x", memory: { sizesMb: Array.from({ length: 200 }, (_, index) => 128 + index) } },
      "memory.sizesMb: expected at most 64 entries, got 200.",
    ],
    [
      "a grid of too many sizes",
      { functionArn: "x", memory: { stepMb: 1 } },
      "memory: expected at most 64 sizes, got a range of 10113; raise stepMb or narrow the range.",
    ],
    [
      "sizes and a range",
      { functionArn: "x", memory: { sizesMb: [128], minMb: 128 } },
      "memory: expected either sizesMb or a range (minMb, maxMb, stepMb), got both.",
    ],
    ["a budget of nothing", { functionArn: "x", budget: { maxUsd: 0 } }, "budget.maxUsd: expected more than 0, got 0."],
    [
      "a range upside down",
      { functionArn: "x", memory: { minMb: 512, maxMb: 128 } },
      "memory: expected minMb up to maxMb, got 512 and 128.",
    ],
    [
      "an slo without a limit",
      { functionArn: "x", objective: "slo" },
      'objective: expected a limit with slo, such as {"kind": "slo", "percentile": 95, "durationMs": 300}.',
    ],
    [
      "a payload of no known form",
      { functionArn: "x", payloads: { a: 1 } },
      'Unknown key "a" in payloads: expected one of inline, weighted, perInvocation, s3Uri.',
    ],
    [
      "payloads too large for the state machine",
      { functionArn: "x", payloads: { inline: "é".repeat(40_000) } },
      "payloads: expected at most 65536 bytes of inline payloads, got 80013; put them in S3 and give payloads.s3Uri.",
    ],
    [
      "more invocations than a run may make",
      {
        functionArn: "x",
        memory: { sizesMb: [128, 256, 512, 1024, 2048, 3008] },
        sampling: { invocationsPerSize: 1000 },
      },
      "sampling: expected at most 5000 invocations in one run, got 6 sizes x 1000; ask for fewer sizes or invocations per size.",
    ],
    [
      "more versions than a run may publish",
      {
        functionArn: "x",
        memory: { minMb: 128, maxMb: 4160, stepMb: 64 },
        sampling: { method: "fixed", invocationsPerSize: 1, coldStarts: 9 },
      },
      "sampling.coldStarts: expected at most 606 published versions in one run, got 64 sizes x 10, one for each size and cold start; ask for fewer sizes or cold starts.",
    ],
  ])("with %s is refused with what to do", (_, input, fault) => {
    expect(faultsOf(input)).toEqual([fault]);
  });

  it.each([
    [
      "six sizes with a hundred cold starts each",
      { method: "fixed", coldStarts: 100 },
      [128, 256, 512, 1024, 2048, 3008],
    ],
    [
      "many sizes to choose from, of which few are measured",
      { method: "adaptive", coldStarts: 20 },
      Array.from({ length: 64 }, (_, i) => 128 + i),
    ],
  ])("may name %s", (_, sampling, sizesMb) => {
    expect(() => parseRequest({ functionArn: "x", memory: { sizesMb }, sampling })).not.toThrow();
  });

  it.each([null, 5, "text", [], undefined])("that is %j is refused as not being an object", (input) => {
    expect(faultsOf(input)[0]).toMatch(/^request: expected an object, got /);
  });

  it("names a fault by the flag that it was typed under", () => {
    const names = (path: readonly PropertyKey[]): string => (path[0] === "memory" ? "--memory" : path.join("."));
    expect(() => parseRequest({ functionArn: "x", memory: { sizesMb: [100] } }, names)).toThrow(
      "--memory: expected at least 128, got 100.",
    );
  });
});

describe("an input of aws-lambda-power-tuning", () => {
  it("is translated as it is", () => {
    const { request, warnings } = parseRequest({
      lambdaARN: "arn:aws:lambda:eu-west-1:123456789012:function:thumbnails",
      powerValues: [128, 256, "512"],
      num: 50,
      payload: [
        { payload: { size: "small" }, weight: 5 },
        { payload: { size: "large" }, weight: 15 },
      ],
      parallelInvocation: true,
      strategy: "balanced",
      balancedWeight: 0.3,
      autoOptimize: true,
      autoOptimizeAlias: "prod",
      sleepBetweenRunsMs: 100,
      allowedExceptions: ["NotFound"],
      preProcessorARN: "pre",
      postProcessorARN: "post",
      disablePayloadLogs: true,
    });
    expect(request).toMatchObject({
      functionArn: "arn:aws:lambda:eu-west-1:123456789012:function:thumbnails",
      objective: { kind: "balanced", weight: 0.7 },
      memory: { sizesMb: [128, 256, 512] },
      sampling: { method: "fixed", invocationsPerSize: 50, concurrency: 1000, pauseMs: 100 },
      payloads: { weighted: [{ weight: 5 }, { weight: 15 }] },
      preProcessorArn: "pre",
      postProcessorArn: "post",
      allowedErrors: ["NotFound"],
      apply: { memory: true, timeout: false, alias: "prod" },
    });
    expect(warnings).toEqual([]);
  });

  it.each([
    [0, 1],
    [1, 0],
    [undefined, 0.5],
    [3, 0],
  ])("has the weight of cost where ours is that of speed: %s is %s", (balancedWeight, weight) => {
    const { request } = parseRequest({ lambdaARN: "x", num: 5, strategy: "balanced", balancedWeight });
    expect(request.objective).toEqual({ kind: "balanced", weight });
  });

  it.each([
    ['{"a": 1}', { a: 1 }],
    ['"text"', "text"],
    ["plain text", "plain text"],
    [7, 7],
  ])("may give its payload as a text of JSON, which is sent as it is: %j", (payload, inline) => {
    expect(parseRequest({ lambdaARN: "x", num: 5, payload }).request.payloads).toEqual({ inline });
    const weighted = [{ payload, weight: 2 }];
    expect(parseRequest({ lambdaARN: "x", num: 5, payload: weighted }).request.payloads).toEqual({
      weighted: [{ payload: inline, weight: 2 }],
    });
  });

  it("takes an empty list of sizes for none", () => {
    const { request } = parseRequest({ lambdaARN: "x", num: 5, powerValues: [] });
    expect(request.memory).toEqual({ sizesMb: [128, 256, 512, 1024, 1536, 3008] });
  });

  it("keeps a payload that only looks like a list of weights", () => {
    const payload = [{ payload: 1 }];
    expect(parseRequest({ lambdaARN: "x", num: 5, payload }).request.payloads).toEqual({ inline: payload });
  });

  it("warns of options that are not followed", () => {
    const options = { discardTopBottom: 0.2, onlyColdStarts: true, includeOutputResults: true };
    const { warnings } = parseRequest({ lambdaARN: "x", num: 5, ...options });
    expect(
      warnings.map((warning) => (warning.kind === "incumbent-option-ignored" ? warning.option : warning.kind)),
    ).toEqual(["discardTopBottom", "onlyColdStarts", "includeOutputResults"]);
  });

  it("is refused in its own words", () => {
    expect(() => parseRequest({ lambdaARN: "x", num: 5, powerValue: [128] })).toThrow(
      'Unknown key "powerValue": did you mean "powerValues"?',
    );
  });
});
