import { GetFunctionCommand } from "@aws-sdk/client-lambda";
import { PutObjectCommand } from "@aws-sdk/client-s3";
import { describe, expect, it } from "vitest";
import { decodeSamples } from "../../core/invocation/sample-codec.ts";
import type { ExecutionState } from "../../functions/execution-state.ts";
import type { HandlerContext } from "../../functions/handler-context.ts";
import { handler as measure } from "../../functions/measure.ts";
import type { MeasureProgress } from "../../functions/measuring/measure-input.ts";
import { handler as provision } from "../../functions/provision.ts";
import { clientsOf } from "../support/test-endpoint.ts";
import { heldRunner } from "../support/held-runner.ts";
import { scriptedRunner } from "../support/scripted-runner.ts";
import { startAccount, type TestAccount, targetName } from "./function-call.ts";

const oneSize = (request: Record<string, unknown> = {}, sampling: Record<string, unknown> = {}) => ({
  memory: { sizesMb: [256] },
  sampling: { method: "fixed", invocationsPerSize: 4, ...sampling },
  ...request,
});

/** Plans and provisions, and gives what the Map hands to an iteration. */
const iteration = async (account: TestAccount, request: Record<string, unknown>, lanes?: number) => {
  const state: ExecutionState = await account.plan(request);
  const { versions } = await account.call(provision, state);
  const [job] = state.jobs;
  const { run, target, round, limits } = state;
  return {
    job: { ...job, ...(lanes === undefined ? {} : { lanes }) },
    run,
    target,
    request: state.request,
    round,
    limits,
    versions,
  };
};

const measureOnce = async (
  account: TestAccount,
  request: Record<string, unknown> = oneSize(),
  context?: Partial<HandlerContext>,
): Promise<MeasureProgress> => account.call(measure, await iteration(account, request), context);

const samplesOf = ({ measurement }: MeasureProgress) => decodeSamples(measurement.samples);

describe("Measure", () => {
  it("keeps the cold invocation apart and gives the warm ones that were asked for", async () => {
    const runner = scriptedRunner(() => ({ durationMs: 12.34, maxMemoryUsedMb: 81 }));
    const account = await startAccount({ runner });
    const progress = await measureOnce(account);
    expect(samplesOf(progress)).toEqual([
      { durationMs: 12.34, billedMs: 63, initMs: 50, cold: true, status: "ok", lane: 0, payload: 0, round: 1 },
      ...Array.from({ length: 4 }, () => ({
        durationMs: 12.34,
        billedMs: 13,
        cold: false,
        status: "ok",
        lane: 0,
        payload: 0,
        round: 1,
      })),
    ]);
    expect(progress.measurement).toMatchObject({
      outcome: "measured",
      invocations: 5,
      maxMemoryUsedMb: 81,
      errors: [],
    });
    expect(progress.remaining).toBeUndefined();
  });

  it.each(["Text", "JSON"] as const)("reads %s logs", async (logFormat) => {
    const account = await startAccount({ definition: { logFormat } });
    expect(samplesOf(await measureOnce(account))).toHaveLength(5);
  });

  it("invokes the version, never $LATEST", async () => {
    const runner = scriptedRunner();
    await measureOnce(await startAccount({ runner }));
    expect(new Set(runner.invocations.map(({ version }) => version))).toEqual(new Set(["1"]));
  });

  it("keeps its lanes serial and within their number", async () => {
    let inFlight = 0;
    let most = 0;
    let wave = Promise.withResolvers<void>();
    const runner = scriptedRunner(async ({ index }) => {
      inFlight += 1;
      most = Math.max(most, inFlight);
      const { promise, resolve } = wave;
      if (inFlight === 3) {
        // Every lane has one in flight: with fewer lanes, never. What else was sent arrives before an answer to this.
        await clientsOf(account.endpoint).lambda.send(new GetFunctionCommand({ FunctionName: targetName }));
        wave = Promise.withResolvers();
        resolve();
      } else if (index < 9) await promise;
      inFlight -= 1;
      return {};
    });
    const account = await startAccount({ runner });
    const progress = await account.call(measure, await iteration(account, oneSize({}, { invocationsPerSize: 9 }), 3));
    expect(most).toBe(3);
    expect(samplesOf(progress).filter(({ cold }) => !cold).length).toBeGreaterThanOrEqual(9);
    expect(new Set(samplesOf(progress).map(({ lane }) => lane))).toEqual(new Set([0, 1, 2]));
  });

  it("says that a size without a version is unavailable", async () => {
    const account = await startAccount();
    const input = await iteration(account, oneSize());
    const progress = await account.call(measure, { ...input, versions: [] });
    expect(progress.measurement).toMatchObject({ outcome: "unavailable", invocations: 0, samples: "" });
  });
});

describe("payloads", () => {
  const sent = async (payloads: unknown, invocationsPerSize = 8) => {
    const runner = scriptedRunner();
    const account = await startAccount({ runner });
    await measureOnce(account, oneSize({ payloads }, { invocationsPerSize }));
    return runner.invocations.slice(1).map(({ event }) => event);
  };

  it("follow their weights from the first few on", async () => {
    const events = await sent([
      { payload: "light", weight: 3 },
      { payload: "heavy", weight: 1 },
    ]);
    expect(events.slice(0, 4).filter((event) => event === "heavy")).toHaveLength(1);
    expect(events.filter((event) => event === "heavy")).toHaveLength(2);
  });

  it("given per invocation are sent in their order, and from the start again", async () => {
    expect(await sent({ perInvocation: ["a", "b", "c"] }, 5)).toEqual(["a", "b", "c", "a", "b"]);
  });

  it("come from S3 in any of the forms, or as one payload", async () => {
    const runner = scriptedRunner();
    const account = await startAccount({ runner });
    const { s3 } = clientsOf(account.endpoint);
    await s3.send(new PutObjectCommand({ Bucket: "bucket", Key: "one.json", Body: '{"colour":"blue"}' }));
    await measureOnce(account, oneSize({ payloads: { s3Uri: "s3://bucket/one.json" } }));
    expect(runner.invocations.map(({ event }) => event)).toEqual(Array.from({ length: 5 }, () => ({ colour: "blue" })));
  });

  it("go through the pre-processor, and the output through the post-processor", async () => {
    const runner = scriptedRunner(({ event }) => ({ payload: { sawEvent: event } }));
    const before = scriptedRunner(({ event }) => ({ payload: { prepared: event } }));
    const after = scriptedRunner();
    const account = await startAccount({ runner });
    account.endpoint.registerFunction({ functionName: "before" }, before);
    account.endpoint.registerFunction({ functionName: "after" }, after);
    await measureOnce(
      account,
      oneSize({ payloads: { inline: 7 }, preProcessorArn: "before", postProcessorArn: "after" }),
    );
    expect(runner.invocations[1]?.event).toEqual({ prepared: 7 });
    expect(after.invocations[1]?.event).toEqual({ sawEvent: { prepared: 7 } });
    expect(after.invocations).toHaveLength(5);
  });

  it("that are gone since they were planned with are a finding", async () => {
    const account = await startAccount();
    const input = await iteration(account, oneSize());
    const request = { ...input.request, payloads: { s3Uri: "s3://bucket/gone.json" } };
    const progress = await account.call(measure, { ...input, request });
    expect(progress.measurement).toMatchObject({
      outcome: "failing",
      invocations: 0,
      errors: [{ type: "Tuner.Payload", example: expect.stringContaining("gone.json") }],
    });
  });

  it("without a working pre-processor are a finding that names it", async () => {
    const runner = scriptedRunner();
    const account = await startAccount({ runner });
    const progress = await measureOnce(account, oneSize({ preProcessorArn: "missing" }));
    expect(progress.measurement).toMatchObject({
      outcome: "failing",
      errors: [{ type: "Tuner.Processor", example: expect.stringContaining("missing") }],
    });
    expect(runner.invocations).toEqual([]);
  });
});

describe("a size that cannot work", () => {
  it("is given up after one invocation out of memory", async () => {
    const runner = scriptedRunner(() => ({ outcome: "out-of-memory" }));
    const progress = await measureOnce(await startAccount({ runner }));
    expect(progress.measurement).toMatchObject({ outcome: "out-of-memory", invocations: 1 });
    expect(samplesOf(progress)).toMatchObject([{ status: "out-of-memory" }]);
  });

  it("is given up when it times out before any success", async () => {
    const runner = scriptedRunner(() => ({ outcome: "timed-out" }));
    const progress = await measureOnce(await startAccount({ runner }));
    expect(progress.measurement).toMatchObject({ outcome: "timed-out", invocations: 1 });
  });

  it("is not given up for one timeout among successes", async () => {
    const runner = scriptedRunner(({ index }) => (index === 3 ? { outcome: "timed-out" } : {}));
    const progress = await measureOnce(await startAccount({ runner }));
    expect(progress.measurement.outcome).toBe("measured");
    expect(samplesOf(progress).filter(({ status, cold }) => status === "ok" && !cold)).toHaveLength(4);
  });

  it("is given up when the first three invocations fail", async () => {
    const runner = scriptedRunner(() => ({ error: { type: "TypeError", message: "x is not a function" } }));
    const progress = await measureOnce(await startAccount({ runner }));
    expect(progress.measurement).toMatchObject({
      outcome: "failing",
      invocations: 3,
      errors: [{ type: "TypeError", count: 3, example: "x is not a function" }],
    });
  });

  it("that fails sometimes still gives its warm samples, and the failures are told", async () => {
    const runner = scriptedRunner(({ index }) => (index % 3 === 2 ? { error: { type: "Oops", message: "!" } } : {}));
    const progress = await measureOnce(await startAccount({ runner }));
    expect(progress.measurement).toMatchObject({ outcome: "measured", errors: [{ type: "Oops", count: 2 }] });
    expect(samplesOf(progress).filter(({ status, cold }) => status === "ok" && !cold)).toHaveLength(4);
  });

  it("that always fails when warm costs a bounded number of invocations", async () => {
    const runner = scriptedRunner(({ index }) => (index === 0 ? {} : { error: { type: "Oops", message: "!" } }));
    const progress = await measureOnce(await startAccount({ runner }));
    expect(progress.measurement.outcome).toBe("failing");
    expect(progress.measurement.invocations).toBeLessThanOrEqual(20);
    expect(progress.remaining).toBeUndefined();
  });

  it("counts errors that the request allows as successes", async () => {
    const runner = scriptedRunner(() => ({ error: { type: "NotFound", message: "no such user" } }));
    const progress = await measureOnce(await startAccount({ runner }), oneSize({ allowedErrors: ["NotFound"] }));
    expect(progress.measurement).toMatchObject({ outcome: "measured", errors: [] });
  });
});

describe("a log tail without a record", () => {
  it("is a failed measurement that is told, never one of 0 ms", async () => {
    const runner = scriptedRunner();
    const account = await startAccount({ runner, definition: { logFormat: "JSON" } });
    const input = await iteration(account, oneSize());
    const { UpdateFunctionConfigurationCommand, PublishVersionCommand } = await import("@aws-sdk/client-lambda");
    const { lambda } = clientsOf(account.endpoint);
    await lambda.send(
      new UpdateFunctionConfigurationCommand({
        FunctionName: targetName,
        LoggingConfig: { LogFormat: "JSON", SystemLogLevel: "WARN" },
      }),
    );
    const { Version: version = "" } = await lambda.send(new PublishVersionCommand({ FunctionName: targetName }));
    const progress = await account.call(measure, { ...input, versions: [{ memorySizeMb: 256, version }] });
    expect(progress.measurement).toMatchObject({
      outcome: "failing",
      samples: "",
      invocations: 3,
      errors: [{ type: "UnreadableTail", count: 3 }],
    });
  });
});

describe("throttling", () => {
  it("is waited out; nothing that ran is sent again", async () => {
    const runner = scriptedRunner();
    const account = await startAccount({ runner });
    const input = await iteration(account, oneSize());
    account.endpoint.injectFault({
      operation: "Invoke",
      times: 3,
      error: { status: 429, type: "TooManyRequestsException" },
    });
    const progress = await account.call(measure, input);
    expect(progress.measurement).toMatchObject({ outcome: "measured", invocations: 5, throttles: 3 });
    expect(runner.invocations).toHaveLength(5);
  });

  it("of other failures repeats nothing: a lost answer is one failed invocation", async () => {
    const runner = scriptedRunner();
    const account = await startAccount({ runner });
    const input = await iteration(account, oneSize());
    account.endpoint.injectFault({
      operation: "Invoke",
      after: 2,
      afterEffect: true,
      error: { status: 500, type: "ServiceException", message: "lost" },
    });
    const progress = await account.call(measure, input);
    expect(progress.measurement).toMatchObject({
      outcome: "measured",
      invocations: 6,
      errors: [{ type: "ServiceException", count: 1 }],
    });
    expect(runner.invocations).toHaveLength(6);
  });
});

describe("a processor", () => {
  const withProcessors = async (script?: Parameters<typeof scriptedRunner>[0]) => {
    const runner = scriptedRunner();
    const processor = scriptedRunner(script);
    const account = await startAccount({ runner });
    account.endpoint.registerFunction({ functionName: "processor" }, processor);
    return { runner, processor, account };
  };
  const asProcessor = {
    "pre-processor": { preProcessorArn: "processor" },
    "post-processor": { postProcessorArn: "processor" },
  } as const;
  const roles = ["pre-processor", "post-processor"] as const;
  const isProcessor = (input: unknown) => JSON.stringify(input).includes('"processor"');
  const failsOnce = ({ index }: { readonly index: number }) =>
    index === 1 ? { error: { type: "Oops", message: "!" } } : {};

  it.each(roles)("that is throttled (%s) is waited for, and the target is not invoked again for it", async (role) => {
    const { runner, processor, account } = await withProcessors();
    const input = await iteration(account, oneSize(asProcessor[role]));
    account.endpoint.injectFault({
      operation: "Invoke",
      matches: isProcessor,
      times: 3,
      error: { status: 429, type: "TooManyRequestsException" },
    });
    const progress = await account.call(measure, input);
    expect(progress.measurement).toMatchObject({ outcome: "measured", invocations: 5, throttles: 3, errors: [] });
    expect([runner.invocations.length, processor.invocations.length]).toEqual([5, 5]);
  });

  it.each(roles)("that fails once (%s) is one failed invocation", async (role) => {
    const { account } = await withProcessors(failsOnce);
    const progress = await measureOnce(account, oneSize(asProcessor[role]));
    expect(progress.measurement).toMatchObject({
      outcome: "measured",
      invocations: 6,
      errors: [{ type: "Tuner.Processor", count: 1, example: expect.stringContaining(role) }],
    });
    expect(samplesOf(progress).filter(({ cold, status }) => !cold && status === "ok")).toHaveLength(4);
  });

  it("that fails before the target keeps it from being invoked; one that fails after it leaves its charge", async () => {
    const before = await withProcessors(failsOnce);
    await measureOnce(before.account, oneSize(asProcessor["pre-processor"]));
    expect(before.runner.invocations).toHaveLength(5);
    const after = await withProcessors(failsOnce);
    const progress = await measureOnce(after.account, oneSize(asProcessor["post-processor"]));
    expect(after.runner.invocations).toHaveLength(6);
    expect(samplesOf(progress).map(({ status }) => status)).toEqual(["ok", "error", "ok", "ok", "ok", "ok"]);
  });

  it.each(roles)("that always fails (%s) is a size given up after three", async (role) => {
    const { processor, account } = await withProcessors(() => ({ error: { type: "Oops", message: "!" } }));
    const progress = await measureOnce(account, oneSize(asProcessor[role]));
    expect(progress.measurement).toMatchObject({
      outcome: "failing",
      invocations: 3,
      errors: [{ type: "Tuner.Processor", count: 3 }],
    });
    expect(processor.invocations).toHaveLength(3);
  });
});

describe("Measure's own deadline", () => {
  it("leaves a remainder, and going on with it repeats nothing", async () => {
    const runner = scriptedRunner();
    const account = await startAccount({ runner });
    const input = await iteration(account, oneSize({ payloads: { perInvocation: ["a", "b", "c", "d", "e", "f"] } }));
    const remainingAfter = (calls: number) => () => (runner.invocations.length >= calls ? 0 : 300_000);
    const first = await account.call(measure, input, { getRemainingTimeInMillis: remainingAfter(3) });
    expect(first).toMatchObject({ remaining: { warm: 2, firstPayload: 2 }, measurement: { invocations: 3 }, calls: 1 });
    const second = await account.call(measure, { ...input, progress: first });
    expect(second).toMatchObject({ measurement: { outcome: "measured", invocations: 5 }, calls: 2 });
    expect(second.remaining).toBeUndefined();
    expect(runner.invocations.map(({ event }) => event)).toEqual(["a", "a", "b", "c", "d"]);
  });

  it("leaves a remainder rather than begin a pause that would outlast it", async () => {
    const runner = scriptedRunner();
    const account = await startAccount({ runner });
    const input = await iteration(account, oneSize({}, { pauseMs: 60_000 }));
    const first = await account.call(measure, input, { getRemainingTimeInMillis: () => 60_000 });
    expect(first).toMatchObject({ remaining: { warm: 4 }, measurement: { outcome: "measured", invocations: 1 } });
    const second = await account.call(
      measure,
      { ...input, progress: first },
      { getRemainingTimeInMillis: () => 60_000 },
    );
    expect(second).toMatchObject({ remaining: { warm: 3 }, measurement: { invocations: 2 } });
    expect(runner.invocations).toHaveLength(2);
  });

  it.each(["pre-processor", "post-processor"] as const)("is not overrun by a %s", async (role) => {
    const account = await startAccount();
    const processor = heldRunner();
    account.endpoint.registerFunction({ functionName: "slow" }, processor);
    const arn = role === "pre-processor" ? { preProcessorArn: "slow" } : { postProcessorArn: "slow" };
    const input = await iteration(account, oneSize(arn));
    const getRemainingTimeInMillis = () => (processor.invocations.length > 0 ? 0 : 5500);
    const { measurement } = await account.call(measure, input, { getRemainingTimeInMillis });
    expect(measurement.errors).toEqual([
      { type: "Tuner.Processor", count: 1, example: expect.stringContaining(`${role} slow failed: it ran longer`) },
    ]);
    processor.releaseAll();
  });

  it("lets at least one invocation start, whatever the target's timeout", async () => {
    const runner = scriptedRunner();
    const account = await startAccount({ runner, definition: { timeoutSeconds: 900 } });
    const progress = await measureOnce(account, oneSize(), { getRemainingTimeInMillis: () => 300_000 });
    expect(progress.measurement).toMatchObject({ outcome: "measured", invocations: 5 });
  });

  it("does not swallow an interruption", async () => {
    const interruption = new AbortController();
    const runner = scriptedRunner(({ index }) => {
      if (index === 2) interruption.abort(new Error("stopped"));
      return {};
    });
    const account = await startAccount({ runner });
    await expect(measureOnce(account, oneSize(), { signal: interruption.signal })).rejects.toThrow("stopped");
    expect(runner.invocations).toHaveLength(3);
  });
});

describe("forced cold starts", () => {
  it("come from versions of their own, one environment each", async () => {
    const runner = scriptedRunner();
    const account = await startAccount({ runner });
    const progress = await measureOnce(account, oneSize({}, { coldStarts: 3 }));
    expect(samplesOf(progress).filter(({ cold }) => cold)).toHaveLength(4);
    expect(samplesOf(progress).filter(({ cold }) => !cold)).toHaveLength(4);
    expect(new Set(runner.invocations.map(({ version }) => version)).size).toBe(4);
  });
});

describe("the size's share of the budget", () => {
  const gbSecond = 0.000_016_666_7;
  const fee = 0.000_000_2;
  /** What invocations at 256 MB cost that are billed so long in all. */
  const charge = (count: number, billedMs: number): number => (billedMs / 4000) * gbSecond + count * fee;
  const spentBy = (progress: MeasureProgress): number =>
    samplesOf(progress).reduce((sum, { billedMs }) => sum + charge(1, billedMs), 0);

  const measureWithin = async (
    usd: number,
    script: Parameters<typeof scriptedRunner>[0] = () => ({ durationMs: 1000 }),
    { lanes = 1, ...sampling }: { lanes?: number; coldStarts?: number; invocationsPerSize?: number } = {},
    prepare: (account: TestAccount) => void = () => undefined,
  ) => {
    const runner = scriptedRunner(script);
    const account = await startAccount({ runner });
    const input = await iteration(account, oneSize({}, { invocationsPerSize: 12, ...sampling }), lanes);
    prepare(account);
    return { runner, progress: await account.call(measure, { ...input, limits: { usd } }) };
  };

  it.each([1, 3])("is not exceeded by %d lanes, which stop with what they have", async (lanes) => {
    const usd = charge(7.5, 7500);
    const { progress } = await measureWithin(usd, undefined, { lanes });
    expect(progress.measurement).toMatchObject({ outcome: "measured", invocations: 7 });
    expect(spentBy(progress)).toBeLessThanOrEqual(usd);
    expect(progress.remaining).toBeUndefined();
  });

  it("is not exceeded by forced cold starts", async () => {
    const usd = charge(4.5, 4500);
    const { progress } = await measureWithin(usd, undefined, { lanes: 3, coldStarts: 9 });
    expect(spentBy(progress)).toBeLessThanOrEqual(usd);
    expect(progress.measurement.invocations).toBe(4);
  });

  it("is spent on one invocation at most while nothing is known", async () => {
    const { runner } = await measureWithin(charge(0.5, 500), undefined, { lanes: 4, coldStarts: 4 });
    expect(runner.invocations).toHaveLength(1);
  });

  it("that holds them all leaves every lane its invocations, once the first has shown what one costs", async () => {
    let answered = 0;
    const waitingFor: number[] = [];
    const { runner, progress } = await measureWithin(
      1,
      async () => {
        waitingFor.push(answered);
        await new Promise((resolve) => setImmediate(resolve));
        answered += 1;
        return {};
      },
      { lanes: 3, coldStarts: 3 },
    );
    expect(waitingFor.slice(0, 2)).toEqual([0, 1]);
    expect(new Set(samplesOf(progress).map(({ lane }) => lane))).toEqual(new Set([0, 1, 2]));
    expect(runner.invocations.filter(({ version }) => version !== "1")).toHaveLength(3);
    expect(samplesOf(progress).filter(({ cold }) => !cold).length).toBeGreaterThanOrEqual(12);
  });

  it("is not kept back for the init of environments that run already", async () => {
    const script = ({ indexOfVersion }: { readonly indexOfVersion: number }) =>
      indexOfVersion === 0 ? { durationMs: 10, initMs: 4990 } : { durationMs: 10 };
    const { progress } = await measureWithin(charge(30, 6000), script);
    expect(progress.measurement).toMatchObject({ outcome: "measured", invocations: 13 });
  });

  it("counts an answer that was lost like the dearest one that was read", async () => {
    const { runner } = await measureWithin(charge(4.5, 4500), undefined, {}, ({ endpoint }) => {
      const error = { status: 500, type: "ServiceException", message: "lost" };
      endpoint.injectFault({ operation: "Invoke", after: 2, afterEffect: true, error });
    });
    expect(runner.invocations).toHaveLength(4);
  });

  it("makes a round of several sizes keep within the whole budget", async () => {
    const account = await startAccount({ runner: scriptedRunner(() => ({ durationMs: 5000 })) });
    const sizesMb = [128, 256, 512, 1024];
    const maxUsd = 0.001;
    const request = { memory: { sizesMb }, sampling: { method: "fixed", invocationsPerSize: 30 }, budget: { maxUsd } };
    const { jobs, ...state } = await account.plan(request);
    const { versions } = await account.call(provision, { jobs, ...state });
    const { run, target, round, limits } = state;
    const progresses = await Promise.all(
      jobs.map((job) => account.call(measure, { job, run, target, request: state.request, round, limits, versions })),
    );
    const spent = progresses.map((progress) => (spentBy(progress) * progress.measurement.memorySizeMb) / 256);
    expect(spent.reduce((sum, usd) => sum + usd, 0)).toBeLessThanOrEqual(maxUsd);
    expect(progresses.map(({ measurement }) => measurement.outcome)).toEqual(sizesMb.map(() => "measured"));
  });
});
