import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { RestoreFailedError } from "../../../core/errors/restore-failed-error.ts";
import type { HandlerContext } from "../../../functions/handler-context.ts";
import { type Handler, observed } from "../../../functions/observability/observed.ts";
import type { Readings } from "../../../functions/observability/reading.ts";
import { readings as readingsOfCleanUp } from "../../../functions/observability/readings/clean-up.ts";
import { readings as readingsOfRecommend } from "../../../functions/observability/readings/recommend.ts";

const context: HandlerContext = { getRemainingTimeInMillis: () => 1000, awsRequestId: "request-1" };

/** Lines that a handler writes to its log. */
const logOf = async (
  handler: Handler,
  event: unknown,
  readings?: Readings,
): Promise<readonly Record<string, unknown>[]> => {
  const lines: string[] = [];
  const write = vi.spyOn(process.stdout, "write").mockImplementation((chunk) => {
    lines.push(...String(chunk).split("\n"));
    return true;
  });
  const errors = vi.spyOn(process.stderr, "write").mockImplementation((chunk) => {
    lines.push(...String(chunk).split("\n"));
    return true;
  });
  try {
    await observed("plan", handler, readings)(event, context).catch(() => undefined);
  } finally {
    write.mockRestore();
    errors.mockRestore();
  }
  return lines.filter((line) => line.startsWith("{")).map((line) => JSON.parse(line) as Record<string, unknown>);
};

const report = {
  currentMemorySize: 1024,
  memorySizeRecommendationOptions: [
    { rank: 1, savingsOpportunity: { estimatedMonthlySavings: { currency: "USD", value: 12.5 } } },
  ],
  run: { cost: { actual: { tunerFunctions: 0.01, stateTransitions: 0.02 } } },
  recommendation: { memorySizeMb: 512 },
};
const recommended = {
  reportKey: "reports/x/1.json",
  applyWanted: false,
  announcement: {},
  target: { functionName: "thumbnails" },
  report,
};

/** Values of the metrics in embedded metric format, by dimension. */
const metricsIn = (log: readonly Record<string, unknown>[]): Record<string, unknown>[] =>
  log.filter((entry) => "_aws" in entry).map(({ _aws: _emf, service: _service, ...values }) => values);

beforeEach(() => {
  vi.stubEnv("POWERTOOLS_SERVICE_NAME", "lambda-tuner-default");
});
afterEach(() => {
  vi.unstubAllEnvs();
});

describe("an observed handler", () => {
  it.each([
    ["a state", { run: { id: "run-1" } }],
    ["Plan's input", { execution: { id: "run-1" } }],
    ["the end of an execution", { detail: { name: "run-1" } }],
    ["an expired lock", { expiredLock: { runId: { S: "run-1" } } }],
    ["a wish to restore", { restore: { runId: "run-1" } }],
  ])("names the run in every record of its log, called with %s", async (_what, event) => {
    expect(await logOf(async () => "done", event)).toMatchObject([
      {
        level: "INFO",
        message: "finished",
        service: "lambda-tuner-default",
        function: "plan",
        correlation_id: "run-1",
        request_id: "request-1",
        durationMs: expect.any(Number),
      },
    ]);
  });

  it("names no run when it is called for none", async () => {
    const [entry] = await logOf(async () => ({ cleaned: [] }), { "detail-type": "Scheduled Event" });
    expect(entry).not.toHaveProperty("correlation_id");
  });

  it("returns what the handler returns, and throws what it throws", async () => {
    expect(await observed("plan", async (event) => event)("given", context)).toBe("given");
    const failure = new TypeError("broken");
    const failing = observed("plan", () => Promise.reject(failure));
    vi.spyOn(process.stderr, "write").mockReturnValueOnce(true);
    await expect(failing({}, context)).rejects.toBe(failure);
  });

  it("logs a failure by its name, and neither the event nor the answer, which hold the user's payloads", async () => {
    const event = { run: { id: "run-1" }, request: { payloads: { inline: "secret-in" } } };
    const failed = await logOf(() => Promise.reject(new RestoreFailedError("arn", "run-1", ["version 3"])), event);
    expect(failed).toContainEqual(
      expect.objectContaining({
        level: "ERROR",
        correlation_id: "run-1",
        error: expect.objectContaining({ name: "Tuner.RestoreFailed" }),
      }),
    );
    const succeeded = await logOf(async () => "secret-out", event);
    expect(JSON.stringify([failed, succeeded])).not.toContain("secret");
  });

  it("publishes what a finished run cost beside its invocations and found, and the memory by target", async () => {
    const log = await logOf(async () => recommended, { run: { id: "run-1" } }, readingsOfRecommend);
    expect(metricsIn(log)).toEqual([
      { functionName: "thumbnails", CurrentMemoryMb: 1024 },
      { functionName: "thumbnails", RecommendedMemoryMb: 512 },
      {
        RunsFinished: 1,
        SpendUsd: 0.03,
        EstimatedMonthlySavingsUsd: 12.5,
      },
    ]);
  });

  it("publishes no recommendation and no saving that there is not", async () => {
    const { recommendation: _recommendation, ...without } = { ...report, memorySizeRecommendationOptions: [] };
    const metrics = metricsIn(await logOf(async () => ({ ...recommended, report: without }), {}, readingsOfRecommend));
    expect(metrics.flatMap(Object.keys)).toContain("CurrentMemoryMb");
    expect(metrics.flatMap(Object.keys)).not.toContain("RecommendedMemoryMb");
    expect(metrics.flatMap(Object.keys)).not.toContain("EstimatedMonthlySavingsUsd");
  });

  it("publishes the changed targets that the sweep found, but not what other clean-ups did", async () => {
    const cleaned = async () => ({ cleaned: [{ changed: true }, { changed: false }, { changed: true }] });
    expect(metricsIn(await logOf(cleaned, { "detail-type": "Scheduled Event" }, readingsOfCleanUp))).toEqual([
      { LeftoversFound: 2 },
    ]);
    expect(metricsIn(await logOf(cleaned, { restore: { runId: "run-1" } }, readingsOfCleanUp))).toEqual([]);
  });

  it("publishes clean-ups that failed", async () => {
    const failing = () => Promise.reject(new RestoreFailedError("arn", "run-1", ["version 3"]));
    expect(metricsIn(await logOf(failing, {}))).toEqual([{ RestoreFailures: 1 }]);
  });

  it("succeeds although its answer cannot be read for metrics, and says so", async () => {
    const handler = observed("recommend", async () => "no report", readingsOfRecommend);
    vi.spyOn(process.stdout, "write").mockReturnValue(true);
    vi.spyOn(process.stderr, "write").mockReturnValue(true);
    const answer = await handler({}, context).finally(() => vi.restoreAllMocks());
    expect(answer).toBe("no report");
    expect(await logOf(async () => "no report", {}, readingsOfRecommend)).toContainEqual(
      expect.objectContaining({ level: "WARN", message: "metrics were not published" }),
    );
  });
});
