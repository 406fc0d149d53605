import { z } from "zod";
import { estimateBasisSchema } from "../planning/estimate-basis.ts";
import { outcomeSchema, seenErrorSchema } from "../run/measurement.ts";
import { stopReasonSchema } from "../sampling/decision.ts";

const memorySizeMb = z.int().min(128).max(10_240);
const usd = z.number();
const interval = z.strictObject({ lower: z.number(), upper: z.number() });

/** Report format of this major version. Fields are only ever added within it. */
export const schemaVersion = 1;

const sampleSchema = z.strictObject({
  durationMs: z.number(),
  billedMs: z.int(),
  initMs: z.number().optional(),
  cold: z.boolean(),
  status: z.enum(["ok", "error", "timed-out", "out-of-memory"]),
});

const durationSummarySchema = z.strictObject({
  n: z.int(),
  mean: z.number(),
  meanInterval: interval.optional(),
  p50: z.number().optional(),
  p90: z.number().optional(),
  p95: z.number().optional(),
  p99: z.number().optional(),
  min: z.number(),
  max: z.number(),
});

const measurementSchema = z.strictObject({
  memorySizeMb,
  outcome: outcomeSchema,
  /** Warm, successful invocations. Absent when there was none. */
  durationMs: durationSummarySchema.optional(),
  /** Compute, request fee and ephemeral storage of a million warm invocations. */
  chargePerMillionUsd: z.strictObject({ mean: usd, interval: interval.optional() }).optional(),
  coldStart: z
    .strictObject({
      n: z.int(),
      initMs: z.strictObject({ mean: z.number(), max: z.number() }).optional(),
      durationMs: z.strictObject({ mean: z.number(), max: z.number() }).optional(),
      /** SnapStart's restore, in place of an init phase. */
      restoreMs: z.strictObject({ mean: z.number(), max: z.number() }).optional(),
      /** Of a million cold starts, as the platform bills them: init or restore included. */
      chargePerMillionUsd: z.strictObject({ mean: usd }).optional(),
    })
    .optional(),
  maxMemoryUsedMb: z.int().optional(),
  errors: z.array(seenErrorSchema),
  /** Single invocations in the order they ended; absent when they would not fit. */
  samples: z.array(sampleSchema).optional(),
});

const recommendationSchema = z.strictObject({
  memorySizeMb,
  timeoutSeconds: z.int().min(1).max(900),
  objective: z.strictObject({
    kind: z.enum(["cost", "speed", "balanced", "slo"]),
    toleranceP: z.number().optional(),
    weight: z.number().optional(),
    percentile: z.number().optional(),
    durationMs: z.number().optional(),
  }),
  /** Of the intervals and verdicts below. */
  confidence: z.number(),
  /** False when a limit ended sampling before the question was settled, or a measured plan leaves too much open. */
  conclusive: z.boolean(),
  /** How many percent worse than another size the recommended one may be, where that keeps a measured plan from settling it. */
  unsettledPercent: z.number().optional(),
  /** Sizes as good as the recommended one within the request's tolerance: of the whole charge, unless the objective is `balanced`. */
  tiedWithMb: z.array(memorySizeMb),
  explanation: z.array(z.string()),
  stopReason: stopReasonSchema,
  /** Charge of one average invocation at the recommended size, in USD per million. */
  chargePerMillionUsd: z.strictObject({ expected: usd, interval: interval.optional() }),
  /** Saving against the current size in percent of its charge; negative when the recommendation costs more. */
  savingPercent: z.strictObject({ expected: z.number(), interval: interval.optional() }).optional(),
  /** Change of mean duration against the current size in percent; negative is faster. */
  durationChangePercent: z.number().optional(),
  /** With `confidence`, the recommended size is at most this many percent worse than the best one: for `cost`, dearer. */
  regretBoundPercent: z.strictObject({ confidence: z.number(), value: z.number() }).optional(),
  /** Only for the objective `slo`. */
  slo: z
    .strictObject({
      percentile: z.number(),
      limitMs: z.number(),
      /** `estimated` when n is too small for a distribution-free verdict. */
      verdict: z.enum(["met", "estimated-met", "not-met", "not-shown"]),
      upperBoundMs: z.number().optional(),
      /** Most likely value of the percentile at the recommended size. */
      expectedMs: z.number().optional(),
    })
    .optional(),
  /** What sampling further would be worth, when it would be worth anything. */
  nextDollar: z.strictObject({ usd, expectedGainPercent: z.number() }).optional(),
});

const curvePointSchema = z.strictObject({
  memorySizeMb,
  durationMs: z.number(),
  durationIntervalMs: interval.optional(),
  chargePerMillionUsd: usd,
  chargeIntervalUsd: interval.optional(),
});

const modelSchema = z.strictObject({
  class: z.enum(["cpu-bound", "io-bound", "mixed", "memory-bound"]),
  /** What the class means for this function and what to do about it. */
  explanation: z.string(),
  /** Share of the warm duration at 1,769 MB that does not shrink with memory, 0 to 1. */
  waitShare: z.number().min(0).max(1).optional(),
  /** Slope of log duration on log memory below 1,769 MB; -1 is CPU-bound, 0 is I/O-bound. */
  slopeBelowOneVcpu: z.number().optional(),
  slopeAboveOneVcpu: z.number().optional(),
  /** What the run's own traces show: share of the handler's time inside calls to other services, in all and by service. */
  downstream: z
    .strictObject({
      share: z.number().min(0).max(1),
      traces: z.int(),
      services: z.array(z.strictObject({ name: z.string(), share: z.number() })),
    })
    .optional(),
  /** Fitted curve and band over the range of memory, for pictures. */
  curve: z.array(curvePointSchema).optional(),
});

const cutShareSchema = z.strictObject({ rule: z.string(), timeoutSeconds: z.number(), expectedCutShare: z.number() });

/** Two timeouts, the one recommended, and why. */
export const timeoutRecommendationSchema = z.strictObject({
  currentSeconds: z.int(),
  recommendedSeconds: z.int(),
  p99BasedSeconds: z.int(),
  boundedRiskSeconds: z.int(),
  policy: z.enum(["bounded-risk", "p99"]),
  /** True without enough production data: the number rests on the tuning samples alone. */
  provisional: z.boolean(),
  /**
   * Which rule decided: `distribution-free`, `extrapolated`, `samples-only`, `cold-start`, `p99-based`, `censored`,
   * `timeouts-seen`, `little-production-data`, `current-suffices` or `caller-ceiling`.
   */
  decidedBy: z.string(),
  explanation: z.array(z.string()),
  /** Upper confidence bound of the chosen percentile at the recommended size. */
  upperBoundMs: z.number(),
  /** Highest percentile for which n supports a distribution-free upper bound. */
  supportedPercentile: z.number().optional(),
  /** Samples or production invocations behind the bound. */
  n: z.int(),
  marginMs: z.number(),
  ceilings: z.array(z.strictObject({ caller: z.string(), ceilingMs: z.number() })),
  /** SQS queues that feed the function: how long they hide a message, where it could be read, and how long they should. */
  queues: z
    .array(z.strictObject({ name: z.string(), visibilitySeconds: z.number().optional(), neededSeconds: z.number() }))
    .optional(),
  /** Share of healthy invocations expected to be cut off at the recommended timeout. */
  expectedCutShare: z.number(),
  /** The same at either policy's own number, before ceilings and seen timeouts have their say. */
  p99BasedCutShare: z.number().optional(),
  boundedRiskCutShare: z.number().optional(),
  naiveRules: z.array(cutShareSchema),
  maxChargeOfARunawayUsd: z.strictObject({ current: usd, recommended: usd }),
  /** p99 at the current size, of production or of the samples, where n supports one. */
  currentP99Ms: z.number().optional(),
  /** Invocations that ended at the current timeout, in production and in the run. */
  timeoutsSeen: z.number().optional(),
  /** Present when those timeouts hide how long invocations would have run: the history says less than it seems to. */
  censored: z.boolean().optional(),
  /** Expected duration at the recommended size over that at the current one, and its upper bound. */
  slowdown: z.strictObject({ expected: z.number(), upper: z.number() }).optional(),
  /** Share of healthy invocations that the current timeout cuts off. */
  currentCutShare: z.number().optional(),
  /** The same of the current timeout at the recommended size: what it cuts off if memory alone is set. */
  keptCutShare: z.number().optional(),
});

const productionSchema = z.strictObject({
  lookbackDays: z.int(),
  /** Which metrics these are: of the function as a whole, of `$LATEST`, or of the alias. */
  resource: z.string(),
  invocations: z.number(),
  errors: z.number(),
  throttles: z.number(),
  durationMs: z
    .strictObject({
      p50: z.number().optional(),
      p90: z.number().optional(),
      p95: z.number().optional(),
      p99: z.number().optional(),
      p999: z.number().optional(),
      max: z.number().optional(),
      mean: z.number().optional(),
    })
    .optional(),
  maxConcurrentExecutions: z.number().optional(),
  provisionedConcurrencySpillover: z.number().optional(),
  maxIteratorAgeMs: z.number().optional(),
  invocationsPerMonth: z.number(),
  errorShare: z.number(),
  throttleShare: z.number(),
  currentPerformanceRisk: z.enum(["VeryLow", "Low", "Medium", "High"]).optional(),
  coldStartShare: z.number().optional(),
  /** Latency and charge at the recommended size with production's share of cold starts. */
  withColdStarts: z.strictObject({ meanDurationMs: z.number(), chargePerMillionUsd: usd }).optional(),
  provisionedConcurrency: z
    .strictObject({ breakEvenConcurrency: z.number().optional(), monthlyUsd: usd, explanation: z.string() })
    .optional(),
});

const configurationRecordSchema = z.strictObject({
  memorySizeMb: z.int(),
  timeoutSeconds: z.int(),
  description: z.string(),
  codeSha256: z.string(),
  settingsSha256: z.string(),
});

/** Proof that the target is as it was: what was found before, what was found after. */
export const restorationSchema = z.strictObject({
  before: configurationRecordSchema,
  after: configurationRecordSchema.optional(),
  equal: z.boolean(),
  /** What remains of the run in the account, each with the command that removes it. */
  leftovers: z.array(z.string()),
  /** Versions that somebody else published while `$LATEST` had a trial size: theirs to keep or to replace. */
  inheritedVersions: z.array(z.strictObject({ version: z.string(), memorySizeMb: z.int() })).optional(),
});
export type Restoration = z.output<typeof restorationSchema>;

const appliedSchema = z.strictObject({
  memorySizeMb: z.int().optional(),
  timeoutSeconds: z.int().optional(),
  version: z.string().optional(),
  alias: z.string().optional(),
  /** What `rollback` puts back. */
  undo: z.strictObject({
    memorySizeMb: z.int().optional(),
    timeoutSeconds: z.int().optional(),
    aliasVersion: z.string().optional(),
  }),
});

/** The versioned result of a run: Compute Optimizer's fields at the top, ours after them. */
export const reportSchema = z.strictObject({
  functionArn: z.string(),
  functionVersion: z.string(),
  accountId: z.string(),
  currentMemorySize: memorySizeMb,
  numberOfInvocations: z.number(),
  lookbackPeriodInDays: z.number(),
  finding: z.enum(["Optimized", "NotOptimized", "Unavailable"]),
  findingReasonCodes: z.array(
    z.enum([
      "MemoryOverprovisioned",
      "MemoryUnderprovisioned",
      "InsufficientData",
      "Inconclusive",
      "TimeoutTooLong",
      "TimeoutTooShort",
    ]),
  ),
  memorySizeRecommendationOptions: z.array(
    z.strictObject({
      rank: z.int(),
      memorySize: memorySizeMb,
      projectedUtilizationMetrics: z.array(
        z.strictObject({
          name: z.literal("Duration"),
          statistic: z.enum(["LowerBound", "Expected", "UpperBound"]),
          value: z.number(),
        }),
      ),
      savingsOpportunity: z
        .strictObject({
          savingsOpportunityPercentage: z.number(),
          /** Absent when production gives no volume. */
          estimatedMonthlySavings: z.strictObject({ currency: z.literal("USD"), value: z.number() }).optional(),
        })
        .optional(),
    }),
  ),

  schemaVersion: z.literal(schemaVersion),
  tool: z.strictObject({ name: z.literal("lambda-tuner"), version: z.string() }),
  prices: z.strictObject({
    publicationDate: z.string(),
    region: z.string(),
    architecture: z.enum(["x86_64", "arm64"]),
    source: z.string(),
  }),
  run: z.strictObject({
    id: z.string(),
    engine: z.enum(["aws", "local", "simulated"]),
    /** How the CPU share was held, for the engine `local`: cgroup-v2, cgroup-v1 or duty-cycle. */
    cpuBackend: z.string().optional(),
    startedAt: z.iso.datetime(),
    finishedAt: z.iso.datetime(),
    wallSeconds: z.number(),
    rounds: z.int(),
    invocations: z.int(),
    coldStarts: z.int(),
    failedInvocations: z.int(),
    billedGbSeconds: z.number(),
    /** Transitions of the state machine, retries included; charged in AWS alone. */
    stateTransitions: z.int().optional(),
    cost: z.strictObject({
      currency: z.literal("USD"),
      estimated: z.strictObject({
        expected: usd,
        worstCase: usd,
        /** Of `expected`: it depends on whether the function computes or waits. */
        expectedRange: interval.optional(),
        /** The duration that `expected` rests on. */
        basis: estimateBasisSchema.optional(),
      }),
      actual: z.strictObject({
        invocations: usd,
        tunerFunctions: usd,
        stateTransitions: usd,
        /** Snapshots of the run's versions, cached and restored; absent where SnapStart does not charge. */
        snapStart: usd.optional(),
        total: usd,
      }),
    }),
    /** The parsed request; payloads only when it says `logPayloads`. */
    request: z.record(z.string(), z.json()),
    seed: z.int(),
  }),
  /** Absent when no size could be measured. */
  recommendation: recommendationSchema.optional(),
  measurements: z.array(measurementSchema),
  model: modelSchema.optional(),
  timeoutRecommendation: timeoutRecommendationSchema.optional(),
  production: productionSchema.optional(),
  restoration: restorationSchema,
  applied: appliedSchema.optional(),
  reportUri: z.string().optional(),
  warnings: z.array(z.looseObject({ kind: z.string(), message: z.string() })),
});

export type Report = z.output<typeof reportSchema>;
export type Recommendation = z.output<typeof recommendationSchema>;
export type MeasurementSummary = z.output<typeof measurementSchema>;
export type Model = z.output<typeof modelSchema>;
export type TimeoutRecommendation = z.output<typeof timeoutRecommendationSchema>;
export type Production = z.output<typeof productionSchema>;
export type Applied = z.output<typeof appliedSchema>;
