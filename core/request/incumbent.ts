import { z } from "zod";
import { InvalidRequestError } from "../errors/invalid-request-error.ts";
import type { Warning } from "../warning.ts";
import { describeFaults } from "./describe-faults.ts";
import type { TuningRequestInput } from "./schema.ts";

const json = z.json();

/** Input of aws-lambda-power-tuning 4, every key that its documentation names. */
const incumbentSchema = z.strictObject({
  lambdaARN: z.string().min(1),
  powerValues: z.union([z.literal("ALL"), z.array(z.coerce.number().pipe(z.int()))]).optional(),
  num: z.coerce.number().pipe(z.int().min(1)),
  payload: json.optional(),
  payloadS3: z.string().optional(),
  strategy: z.enum(["cost", "speed", "balanced"]).optional(),
  balancedWeight: z.number().optional(),
  parallelInvocation: z.boolean().optional(),
  autoOptimize: z.boolean().optional(),
  autoOptimizeAlias: z.string().optional(),
  discardTopBottom: z.number().optional(),
  sleepBetweenRunsMs: z.int().optional(),
  onlyColdStarts: z.boolean().optional(),
  allowedExceptions: z.array(z.string()).optional(),
  disablePayloadLogs: z.boolean().optional(),
  includeOutputResults: z.boolean().optional(),
  dryRun: z.boolean().optional(),
  preProcessorARN: z.string().optional(),
  postProcessorARN: z.string().optional(),
});
type IncumbentInput = z.output<typeof incumbentSchema>;

/** Sizes that the incumbent tries when it is given none. */
const incumbentDefaultSizesMb = [128, 256, 512, 1024, 1536, 3008];
const incumbentDefaultWeight = 0.5;

/** Whether an input is written for aws-lambda-power-tuning: it names its target as that does. */
export const isIncumbentInput = (input: unknown): boolean =>
  typeof input === "object" && input !== null && "lambdaARN" in input;

/**
 * Translates an input of aws-lambda-power-tuning, so that its users change one ARN.
 *
 * @returns Our request, and a warning for every option that does not do here what it does there.
 * @throws {@link InvalidRequestError} with every fault, in that tool's own key names.
 * @see {@link https://github.com/alexcasalboni/aws-lambda-power-tuning/blob/master/README-EXECUTE.md}
 */
export const translateIncumbent = (input: unknown): { request: TuningRequestInput; warnings: Warning[] } => {
  const parsed = incumbentSchema.safeParse(input);
  if (!parsed.success) {
    throw new InvalidRequestError(
      describeFaults(parsed.error.issues, incumbentSchema, input),
      "The aws-lambda-power-tuning input",
    );
  }
  return { request: translate(parsed.data), warnings: ignoredOptions(parsed.data) };
};

const translate = (given: IncumbentInput): TuningRequestInput => ({
  functionArn: given.lambdaARN,
  objective: objectiveOf(given),
  memory:
    given.powerValues === "ALL"
      ? { minMb: 128, maxMb: 10_240, stepMb: 256 }
      : { sizesMb: given.powerValues?.length ? [...given.powerValues] : [...incumbentDefaultSizesMb] },
  sampling: {
    method: "fixed",
    invocationsPerSize: given.num,
    ...(given.parallelInvocation === true ? { concurrency: 1000 } : {}),
    ...(given.sleepBetweenRunsMs === undefined ? {} : { pauseMs: given.sleepBetweenRunsMs }),
    ...(given.onlyColdStarts === true ? { coldStarts: Math.min(100, given.num) } : {}),
  },
  payloads: payloadsOf(given),
  ...(given.preProcessorARN === undefined ? {} : { preProcessorArn: given.preProcessorARN }),
  ...(given.postProcessorARN === undefined ? {} : { postProcessorArn: given.postProcessorARN }),
  allowedErrors: given.allowedExceptions ?? [],
  apply: {
    memory: given.autoOptimize ?? false,
    ...(given.autoOptimizeAlias === undefined ? {} : { alias: given.autoOptimizeAlias }),
  },
  logPayloads: false,
  dryRun: given.dryRun ?? false,
});

const objectiveOf = (given: IncumbentInput): NonNullable<TuningRequestInput["objective"]> => {
  switch (given.strategy ?? "cost") {
    case "cost":
      return { kind: "cost" };
    case "speed":
      // The incumbent's "speed" takes the fastest, whatever it costs.
      return { kind: "speed", toleranceP: 0 };
    case "balanced":
      // There the weight is that of cost, cut off at 0 and 1; here it is that of speed.
      return {
        kind: "balanced",
        weight: 1 - Math.min(Math.max(given.balancedWeight ?? incumbentDefaultWeight, 0), 1),
      };
  }
};

const payloadsOf = (given: IncumbentInput): NonNullable<TuningRequestInput["payloads"]> => {
  if (given.payloadS3 !== undefined) return { s3Uri: given.payloadS3 };
  const weighted = z
    .array(z.object({ payload: json, weight: z.number().positive() }))
    .min(1)
    .safeParse(given.payload);
  if (weighted.success) {
    return { weighted: weighted.data.map(({ payload, weight }) => ({ payload: sent(payload), weight })) };
  }
  return { inline: sent(given.payload ?? {}) };
};

/** What the incumbent sends: a text that is JSON already goes out as it is. */
const sent = (payload: z.infer<typeof json>): z.infer<typeof json> => {
  if (typeof payload !== "string") return payload;
  try {
    return json.parse(JSON.parse(payload));
  } catch {
    return payload;
  }
};

const ignoredOptions = (given: IncumbentInput): Warning[] => {
  const warnings: Warning[] = [];
  const ignore = (option: string, reason: string): void => {
    warnings.push({ kind: "incumbent-option-ignored", option, reason });
  };
  if (given.discardTopBottom !== undefined) {
    ignore("discardTopBottom", "the bill is the plain mean, so no invocation is left out of it.");
  }
  if (given.onlyColdStarts === true) {
    ignore(
      "onlyColdStarts",
      "cold starts are measured at every size, but warm invocations are too, and the advice rests on those.",
    );
  }
  if (given.includeOutputResults === true) ignore("includeOutputResults", "the report always holds every size.");
  if (given.disablePayloadLogs === false)
    ignore("disablePayloadLogs", "payloads are logged only with logPayloads: true.");
  return warnings;
};
