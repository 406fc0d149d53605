import { z } from "zod";
import { defaultPriceRegion } from "../../core/pricing/price-book.ts";
import { requestSchema } from "../../core/request/schema.ts";
import { memoryLimitsMb, timeoutLimitsSeconds } from "../../core/units.ts";

/** Settings of the function that a path stands for. */
export const localSchema = z.strictObject({
  memorySizeMb: z
    .int()
    .min(memoryLimitsMb.min)
    .max(memoryLimitsMb.max)
    .default(1024)
    .describe("Memory that the function has now."),
  timeoutSeconds: z
    .int()
    .min(timeoutLimitsSeconds.min)
    .max(timeoutLimitsSeconds.max)
    .default(30)
    .describe("Timeout that the function has now."),
  environment: z.record(z.string(), z.string()).default({}).describe("Environment variables of the function."),
  handler: z
    .string()
    .min(1)
    .optional()
    .describe('Which export to call, such as "src/app.handler", where it is not the usual one.'),
  region: z
    .string()
    .regex(/^[a-z]{2}(-[a-z]+)+-\d+$/, "expected the name of a region, such as eu-west-1")
    .default(defaultPriceRegion)
    .describe("Region whose prices count."),
  metrics: z
    .string()
    .min(1)
    .optional()
    .describe("File with what the function has done in production, relative to this file."),
});

/** Settings of a local target, every default filled in. */
export type LocalSettings = z.output<typeof localSchema>;

const { functionArn, ...requestKeys } = requestSchema.shape;
const optionalArn = functionArn.optional();

const functionSchema = z.strictObject({
  target: z.string().min(1).describe("A path, relative to this file, or the name or ARN of a function."),
  ...requestKeys,
  local: localSchema.optional(),
});

/** The config file: keys of a request for every target, and targets with keys of their own. */
export const configSchema = z.strictObject({
  $schema: z.string().optional(),
  functionArn: optionalArn,
  ...requestKeys,
  local: localSchema.optional().describe("What a path stands for: the settings that the function has now."),
  functions: z
    .record(z.string(), functionSchema)
    .optional()
    .describe("Targets by name, as `lambda-tuner tune <name>` takes them; their keys come before those above."),
});
