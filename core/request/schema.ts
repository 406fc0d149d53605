import { z } from "zod";
import { memoryLimitsMb, timeoutLimitsSeconds } from "../units.ts";
import { requestLimits } from "./limits.ts";

const memorySize = z.int().min(memoryLimitsMb.min).max(memoryLimitsMb.max);

/** Any JSON value. */
const json = z.json();

const objectiveByKind = z
  .discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("cost") }).describe("The cheapest size per invocation."),
    z
      .strictObject({ kind: z.literal("speed"), toleranceP: z.number().min(0).max(100).default(5) })
      .describe("The cheapest size whose mean duration is within toleranceP percent of the fastest."),
    z
      .strictObject({ kind: z.literal("balanced"), weight: z.number().min(0).max(1).default(0.5) })
      .describe("Trades charge against duration: weight 0 is cost alone, weight 1 is speed alone."),
    z
      .strictObject({
        kind: z.literal("slo"),
        percentile: z.union([z.literal(50), z.literal(90), z.literal(95), z.literal(99)]).default(95),
        durationMs: z
          .number()
          .positive()
          .max(timeoutLimitsSeconds.max * 1000),
      })
      .describe(
        "The cheapest size whose percentile of duration stays under durationMs, with the request's confidence.",
      ),
  ])
  .describe("What the recommendation optimises.");

/** The kind alone is enough for the objectives that need no number of the user's. */
const objectiveSchema = z
  .union([
    z.enum(["cost", "speed", "balanced", "slo"]).transform((kind, context) => {
      if (kind !== "slo") return objectiveByKind.parse({ kind });
      context.addIssue({
        code: "custom",
        message: 'expected a limit with slo, such as {"kind": "slo", "percentile": 95, "durationMs": 300}',
      });
      return z.NEVER;
    }),
    objectiveByKind,
  ])
  .prefault("cost");

const sizesListSchema = z
  .array(memorySize)
  .min(1)
  .max(requestLimits.sizes)
  .transform((sizes) => [...new Set(sizes)].sort((a, b) => a - b));

/** Sizes to measure: a list, or a range to choose from. */
type MemoryRequest =
  | { readonly sizesMb: readonly number[] }
  | { readonly minMb: number; readonly maxMb: number; readonly stepMb?: number };

const memorySchema = z
  .strictObject({
    sizesMb: sizesListSchema.optional(),
    minMb: memorySize.optional(),
    maxMb: memorySize.optional(),
    stepMb: z.int().min(1).max(memoryLimitsMb.max).optional(),
  })
  .transform(({ sizesMb, minMb, maxMb, stepMb }, context): MemoryRequest => {
    if (sizesMb !== undefined) {
      if (minMb !== undefined || maxMb !== undefined || stepMb !== undefined) {
        context.addIssue({
          code: "custom",
          message: "expected either sizesMb or a range (minMb, maxMb, stepMb), got both",
        });
      }
      return { sizesMb };
    }
    const range = { minMb: minMb ?? memoryLimitsMb.min, maxMb: maxMb ?? memoryLimitsMb.max };
    if (range.minMb > range.maxMb) {
      context.addIssue({
        code: "custom",
        message: `expected minMb up to maxMb, got ${range.minMb} and ${range.maxMb}`,
      });
    }
    if (stepMb !== undefined && (range.maxMb - range.minMb) / stepMb >= requestLimits.sizes) {
      context.addIssue({
        code: "custom",
        message: `expected at most ${requestLimits.sizes} sizes, got a range of ${Math.floor((range.maxMb - range.minMb) / stepMb) + 1}; raise stepMb or narrow the range`,
      });
    }
    return stepMb === undefined ? range : { ...range, stepMb };
  })
  .describe("Which sizes may be measured: a list, or a range (with stepMb: that grid; without: sizes are chosen).");

const samplingSchema = z
  .strictObject({
    method: z
      .enum(["adaptive", "fixed"])
      .default("adaptive")
      .describe("adaptive chooses sizes and counts from what it sees; fixed measures every size equally often."),
    preset: z.enum(["quick", "standard", "thorough"]).default("standard").describe("How much certainty to buy."),
    invocationsPerSize: z
      .int()
      .min(1)
      .max(1000)
      .optional()
      .describe("Warm invocations per size with method fixed. Default: 10, 30 or 100 by preset."),
    maxInvocations: z.int().min(2).max(requestLimits.invocations).optional().describe("Stop sampling after so many."),
    confidence: z.number().min(0.5).max(0.999).default(0.95).describe("Of intervals and verdicts."),
    tolerance: z
      .number()
      .min(0)
      .max(0.5)
      .default(0.02)
      .describe(
        "Sizes whose charge differs by less than this share count as tied. The smaller, the longer sampling goes on.",
      ),
    concurrency: z
      .int()
      .min(1)
      .max(requestLimits.concurrency)
      .default(10)
      .describe("Invocations of the target in flight at once, all sizes together."),
    pauseMs: z.int().min(0).max(60_000).default(0).describe("Pause between two invocations of one environment."),
    coldStarts: z
      .int()
      .min(0)
      .max(100)
      .default(0)
      .describe("Cold starts to force and measure at every size, each on a version of its own."),
  })
  .prefault({});

const weightedPayload = z.strictObject({ payload: json, weight: z.number().positive().default(1) });

/** Payloads with their weights, as a list. */
export const weightedPayloads = z.array(weightedPayload).min(1).max(100);

/** The forms that name themselves by their one key, in a request or in the S3 object that it names. */
export const payloadForms = {
  inline: z.strictObject({ inline: json }).describe("The same payload for every invocation."),
  weighted: z.strictObject({ weighted: weightedPayloads }).describe("Payloads drawn in proportion to their weights."),
  perInvocation: z
    .strictObject({ perInvocation: z.array(json).min(1).max(1000) })
    .describe("One payload per invocation, in this order at every size; starts over when it ends."),
} as const;

/** Every form that payloads may have, in a request or in the S3 object that it names. */
export const payloadsSchema = z.union([
  payloadForms.inline,
  payloadForms.weighted,
  weightedPayloads.transform((weighted) => ({ weighted })).describe("Short for {weighted: [...]}."),
  payloadForms.perInvocation,
  z
    .strictObject({
      s3Uri: z.string().regex(/^s3:\/\/[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]\/.+$/, "expected s3://bucket/key"),
    })
    .describe("A JSON object in S3, holding any of the other three forms or one payload."),
]);

const timeoutSchema = z
  .strictObject({
    policy: z
      .enum(["bounded-risk", "p99"])
      .default("bounded-risk")
      .describe("bounded-risk: at most 1 healthy call in 10,000 cut off; p99: upper bound of p99 plus a margin."),
    percentile: z.number().min(50).max(99.9).default(99),
    marginMs: z.int().min(0).max(60_000).default(1000),
    callerCeilingMs: z
      .int()
      .min(1000)
      .max(timeoutLimitsSeconds.max * 1000)
      .optional()
      .describe("The longest that the function's caller waits."),
  })
  .prefault({});

const budgetSchema = z.strictObject({
  maxUsd: z
    .number()
    .positive()
    .optional()
    .describe(
      "Send no invocation of the target that is foreseen to take their charges above this. Processors, the tuner's own functions, state transitions and snapshots are not counted. It is exceeded at most by what the invocations then in flight, one a lane, cost more than foreseen; of the first at a size nothing is.",
    ),
  maxInvocations: z.int().min(2).max(requestLimits.invocations).optional(),
});

const applySchema = z.strictObject({
  memory: z.boolean().default(false),
  timeout: z.boolean().default(false),
  alias: z
    .string()
    .regex(/^(?!\d+$)[A-Za-z0-9_-]{1,128}$/, "expected an alias name")
    .optional()
    .describe("Publish the new setting as a version behind this alias instead of leaving it on $LATEST alone."),
});

/**
 * The wire schema of a tuning request: state machine input, `tune` flags and config file are this one schema.
 *
 * Every default of the product stands here. Unknown keys are faults. Parse with `parseRequest`, which words them.
 */
export const requestSchema = z
  .strictObject({
    functionArn: z
      .string()
      .min(1)
      .max(512)
      .describe("Name, partial or full ARN of the function, or the ARN of a version or alias."),
    objective: objectiveSchema,
    memory: memorySchema.prefault({}),
    sampling: samplingSchema,
    payloads: payloadsSchema.prefault({ inline: {} }),
    preProcessorArn: z
      .string()
      .min(1)
      .max(512)
      .optional()
      .describe("Invoked before each measurement; its output is the payload."),
    postProcessorArn: z
      .string()
      .min(1)
      .max(512)
      .optional()
      .describe("Invoked after each measurement with the target's output."),
    allowedErrors: z
      .array(z.string().min(1).max(256))
      .max(50)
      .default([])
      .describe("Error types of the target that count as successful invocations."),
    timeout: timeoutSchema,
    budget: budgetSchema.prefault({}),
    lookbackDays: z.int().min(1).max(455).default(14).describe("Days of production metrics to read."),
    apply: applySchema.prefault({}),
    logPayloads: z.boolean().default(false).describe("Whether payloads may appear in logs and in the report."),
    dryRun: z.boolean().default(false).describe("Check, plan and estimate; invoke the target once; change nothing."),
    seed: z
      .int()
      .min(0)
      .max(2 ** 32 - 1)
      .default(1)
      .describe("Of every random choice of the run."),
  })
  .superRefine((request, context) => {
    const payloadBytes = utf8Length(JSON.stringify(request.payloads));
    if (payloadBytes > requestLimits.inlinePayloadBytes) {
      context.addIssue({
        code: "custom",
        path: ["payloads"],
        message: `expected at most ${requestLimits.inlinePayloadBytes} bytes of inline payloads, got ${payloadBytes}; put them in S3 and give payloads.s3Uri`,
      });
    }
    const sizes = "sizesMb" in request.memory ? request.memory.sizesMb.length : 1;
    const perSize = request.sampling.invocationsPerSize ?? 1;
    if (sizes * (perSize + request.sampling.coldStarts) > requestLimits.invocations) {
      context.addIssue({
        code: "custom",
        path: ["sampling"],
        message: `expected at most ${requestLimits.invocations} invocations in one run, got ${sizes} sizes x ${perSize + request.sampling.coldStarts}; ask for fewer sizes or invocations per size`,
      });
    }
    const versionsPerSize = 1 + request.sampling.coldStarts;
    const fixedSizes = request.sampling.method === "fixed" ? mostSizes(request.memory) : 1;
    if (fixedSizes * versionsPerSize > requestLimits.versions) {
      context.addIssue({
        code: "custom",
        path: ["sampling", "coldStarts"],
        message: `expected at most ${requestLimits.versions} published versions in one run, got ${fixedSizes} sizes x ${versionsPerSize}, one for each size and cold start; ask for fewer sizes or cold starts`,
      });
    }
  });

/** A tuning request with every default filled in: what the user asked. */
export type TuningRequest = z.output<typeof requestSchema>;
/** A tuning request as people write it. */
export type TuningRequestInput = z.input<typeof requestSchema>;
export type Objective = TuningRequest["objective"];
export type SamplingRequest = TuningRequest["sampling"];
export type PayloadsRequest = TuningRequest["payloads"];

/** Sizes that a list or a grid has; a range without a step has a handful. */
const mostSizes = (memory: MemoryRequest): number => {
  if ("sizesMb" in memory) return memory.sizesMb.length;
  return memory.stepMb === undefined ? 1 : Math.floor((memory.maxMb - memory.minMb) / memory.stepMb) + 1;
};

/** Bytes of `text` in UTF-8, without a TextEncoder. */
const utf8Length = (text: string): number => {
  let bytes = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
};
