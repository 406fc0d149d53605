import { schemaVersion, type MeasurementSummary, type Report } from "../../../core/report/schema.ts";

interface SizeFigures {
  readonly mb: number;
  readonly mean: number;
  readonly half: number;
  readonly p95: number;
  readonly p99?: number;
  readonly charge: number;
  readonly used: number;
}

const measured = ({ mb, mean, half, p95, p99, charge, used }: SizeFigures): MeasurementSummary => ({
  memorySizeMb: mb,
  outcome: "measured",
  durationMs: {
    n: p99 === undefined ? 24 : 320,
    mean,
    meanInterval: { lower: mean - half, upper: mean + half },
    p50: mean * 0.985,
    p90: p95 * 0.97,
    p95,
    ...(p99 === undefined ? {} : { p99 }),
    min: mean * 0.93,
    max: (p99 ?? p95) * 1.04,
  },
  chargePerMillionUsd: {
    mean: charge,
    interval: { lower: charge * (1 - half / mean), upper: charge * (1 + half / mean) },
  },
  coldStart: {
    n: 2,
    initMs: { mean: 212.4, max: 231.8 },
    durationMs: { mean: mean * 1.31, max: mean * 1.42 },
  },
  maxMemoryUsedMb: used,
  errors: [],
});

const curve = [
  [256, 1602, 6.87],
  [320, 1198, 6.44],
  [384, 962, 6.21],
  [448, 815, 6.14],
  [512, 716, 6.16],
  [640, 563, 6.06],
  [768, 490, 6.32],
  [896, 441, 6.63],
  [1024, 404, 6.93],
  [1280, 352, 7.53],
  [1536, 324, 8.3],
  [1769, 306, 9.01],
  [2400, 300, 11.92],
  [3008, 298, 14.79],
] as const;

/** A finished run with everything a report can hold: an out-of-memory size, a tie, a p99, production data, a warning. */
export const thumbnailReport: Report = {
  functionArn: "arn:aws:lambda:us-east-1:000000000000:function:image-thumbnail",
  functionVersion: "$LATEST",
  accountId: "000000000000",
  currentMemorySize: 1024,
  numberOfInvocations: 184_220,
  lookbackPeriodInDays: 14,
  finding: "NotOptimized",
  findingReasonCodes: ["MemoryOverprovisioned", "TimeoutTooLong"],
  memorySizeRecommendationOptions: [
    {
      rank: 1,
      memorySize: 640,
      projectedUtilizationMetrics: [
        { name: "Duration", statistic: "LowerBound", value: 551.1 },
        { name: "Duration", statistic: "Expected", value: 560.4 },
        { name: "Duration", statistic: "UpperBound", value: 569.7 },
      ],
      savingsOpportunity: {
        savingsOpportunityPercentage: 12.6,
        estimatedMonthlySavings: { currency: "USD", value: 0.34 },
      },
    },
    {
      rank: 2,
      memorySize: 512,
      projectedUtilizationMetrics: [
        { name: "Duration", statistic: "LowerBound", value: 700.2 },
        { name: "Duration", statistic: "Expected", value: 712.3 },
        { name: "Duration", statistic: "UpperBound", value: 724.4 },
      ],
      savingsOpportunity: { savingsOpportunityPercentage: 11.2 },
    },
  ],
  schemaVersion,
  tool: { name: "lambda-tuner", version: "0.1.0" },
  prices: { publicationDate: "2026-09-19", region: "us-east-1", architecture: "x86_64", source: "AWS Price List" },
  run: {
    id: "image-thumbnail-20261101T101500-7f3a",
    engine: "local",
    cpuBackend: "cgroup-v1",
    startedAt: "2026-11-01T10:15:00.000Z",
    finishedAt: "2026-11-01T10:15:47.200Z",
    wallSeconds: 47.2,
    rounds: 4,
    invocations: 488,
    coldStarts: 16,
    failedInvocations: 3,
    billedGbSeconds: 171.4,
    cost: {
      currency: "USD",
      estimated: { expected: 0.0034, worstCase: 0.0121 },
      actual: { invocations: 0.00295, tunerFunctions: 0.00004, stateTransitions: 0, total: 0.00299 },
    },
    request: { functionArn: "image-thumbnail", objective: { kind: "cost" } },
    seed: 1,
  },
  recommendation: {
    memorySizeMb: 640,
    timeoutSeconds: 3,
    objective: { kind: "cost" },
    confidence: 0.95,
    conclusive: true,
    tiedWithMb: [512],
    explanation: [
      "640 MB is the cheapest of the 8 sizes that could be measured.",
      "512 MB costs 1.7% more, which is within the tolerance of 2%; 640 MB is preferred because it is faster.",
    ],
    stopReason: "converged",
    chargePerMillionUsd: { expected: 6.06, interval: { lower: 5.96, upper: 6.16 } },
    savingPercent: { expected: 12.6, interval: { lower: 10.2, upper: 14.9 } },
    durationChangePercent: 39.4,
    regretBoundPercent: { confidence: 0.95, value: 2.1 },
  },
  measurements: [
    {
      memorySizeMb: 128,
      outcome: "out-of-memory",
      maxMemoryUsedMb: 128,
      errors: [
        {
          type: "Runtime.OutOfMemory",
          count: 3,
          example: "RequestId: 7f0c Error: Runtime exited with error: signal: killed",
        },
      ],
    },
    measured({ mb: 256, mean: 1620.3, half: 31.2, p95: 1745.1, charge: 6.95, used: 171 }),
    measured({ mb: 512, mean: 712.3, half: 12.1, p95: 761, charge: 6.13, used: 172 }),
    measured({ mb: 640, mean: 560.4, half: 9.3, p95: 602.7, p99: 661.2, charge: 6.03, used: 172 }),
    measured({ mb: 768, mean: 492.1, half: 8.8, p95: 530.2, charge: 6.35, used: 173 }),
    measured({ mb: 1024, mean: 402.2, half: 6.1, p95: 433.4, charge: 6.9, used: 173 }),
    measured({ mb: 1769, mean: 304.9, half: 4.4, p95: 327.8, charge: 8.98, used: 175 }),
    measured({ mb: 3008, mean: 298.3, half: 4.2, p95: 321.2, charge: 14.79, used: 175 }),
  ],
  model: {
    class: "mixed",
    explanation:
      "Part of the work scales with CPU and part waits: about 22% of the duration at 1769 MB does not shrink.",
    waitShare: 0.22,
    slopeBelowOneVcpu: -0.84,
    slopeAboveOneVcpu: -0.04,
    curve: curve.map(([memorySizeMb, duration, charge]) => ({
      memorySizeMb,
      durationMs: duration,
      durationIntervalMs: { lower: duration * 0.965, upper: duration * 1.035 },
      chargePerMillionUsd: charge,
      chargeIntervalUsd: { lower: charge * 0.967, upper: charge * 1.033 },
    })),
  },
  timeoutRecommendation: {
    currentSeconds: 30,
    recommendedSeconds: 3,
    p99BasedSeconds: 2,
    boundedRiskSeconds: 3,
    policy: "bounded-risk",
    provisional: false,
    decidedBy: "distribution-free",
    explanation: ["The slowest healthy call of 184,220 in 14 days took 1.9 s; 3 s cuts off at most 1 in 10,000."],
    upperBoundMs: 2610,
    supportedPercentile: 98.4,
    n: 184_220,
    marginMs: 1000,
    ceilings: [{ caller: "API Gateway", ceilingMs: 29_000 }],
    expectedCutShare: 0.00004,
    naiveRules: [
      { rule: "2 x p99", timeoutSeconds: 2, expectedCutShare: 0.0021 },
      { rule: "max x 1.5", timeoutSeconds: 3, expectedCutShare: 0.00004 },
    ],
    maxChargeOfARunawayUsd: { current: 0.0005, recommended: 0.0000313 },
  },
  production: {
    lookbackDays: 14,
    resource: "image-thumbnail",
    invocations: 184_220,
    errors: 12,
    throttles: 0,
    durationMs: { p50: 398, p95: 440, p99: 502, max: 1904 },
    maxConcurrentExecutions: 7,
    invocationsPerMonth: 394_757,
    errorShare: 0.000065,
    throttleShare: 0,
    currentPerformanceRisk: "VeryLow",
    coldStartShare: 0.004,
    withColdStarts: { meanDurationMs: 561.9, chargePerMillionUsd: 6.05 },
  },
  restoration: {
    before: { memorySizeMb: 1024, timeoutSeconds: 30, description: "", codeSha256: "c0de", settingsSha256: "5e77" },
    after: { memorySizeMb: 1024, timeoutSeconds: 30, description: "", codeSha256: "c0de", settingsSha256: "5e77" },
    equal: true,
    leftovers: [],
  },
  warnings: [
    {
      kind: "size-unusable",
      memorySizeMb: 128,
      outcome: "out of memory",
      message: "128 MB cannot be used: out of memory. Runtime exited with error: signal: killed",
    },
  ],
};

/** A run that a limit ended early, on a target that could not be proved restored; nothing optional is there. */
export const inconclusiveReport: Report = {
  ...withoutOptionalParts(thumbnailReport),
  finding: "Unavailable",
  findingReasonCodes: ["Inconclusive"],
  numberOfInvocations: 0,
  measurements: thumbnailReport.measurements.slice(2, 6).map(withThreeSamples),
  recommendation: {
    memorySizeMb: 1024,
    timeoutSeconds: 30,
    objective: { kind: "slo", percentile: 95, durationMs: 450 },
    confidence: 0.95,
    conclusive: false,
    tiedWithMb: [],
    explanation: ["Three samples a size cannot show a p95."],
    stopReason: "spend-limit",
    chargePerMillionUsd: { expected: 6.9 },
    slo: { percentile: 95, limitMs: 450, verdict: "not-shown" },
    nextDollar: { usd: 0.002, expectedGainPercent: 4.2 },
  },
  restoration: {
    before: thumbnailReport.restoration.before,
    equal: false,
    leftovers: ["version 12: aws lambda delete-function --function-name image-thumbnail --qualifier 12"],
  },
  warnings: [
    {
      kind: "throttled",
      count: 3,
      message: "3 invocations were throttled and sent again; durations are not affected.",
    },
  ],
};

const hostile = `</td><script>alert("x")</script> =cmd|' /C calc'!A0 | **bold** \`code\` \u001b[31mred\u001b[0m\n@someone [a](b)`;

/** A run in which every size failed and every text of the user's attacks the format it ends up in. */
export const hostileReport: Report = {
  ...withoutOptionalParts(thumbnailReport),
  functionArn: "arn:aws:lambda:us-east-1:000000000000:function:evil<b>",
  finding: "Unavailable",
  findingReasonCodes: ["InsufficientData"],
  measurements: [
    { memorySizeMb: 128, outcome: "failing", errors: [{ type: "=SUM(A1)", count: 5, example: hostile }] },
    { memorySizeMb: 512, outcome: "timed-out", errors: [{ type: "Sandbox.Timedout", count: 1, example: "" }] },
    { memorySizeMb: 1024, outcome: "unavailable", errors: [] },
    { memorySizeMb: 1769, outcome: "throttled", errors: [] },
  ],
  warnings: [
    { kind: "size-unusable", memorySizeMb: 128, outcome: "failing", message: `128 MB cannot be used: ${hostile}` },
  ],
};

function withoutOptionalParts(report: Report): Report {
  const { recommendation: _r, model: _m, timeoutRecommendation: _t, production: _p, ...rest } = report;
  return rest;
}

function withThreeSamples({ memorySizeMb, durationMs, chargePerMillionUsd }: MeasurementSummary): MeasurementSummary {
  const { mean = 0, min = 0, max = 0 } = durationMs ?? {};
  return {
    memorySizeMb,
    outcome: "measured",
    durationMs: { n: 3, mean, min, max },
    chargePerMillionUsd: { mean: chargePerMillionUsd?.mean ?? 0 },
    errors: [],
  };
}
