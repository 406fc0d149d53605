import { z } from "zod";
import { InvalidRequestError } from "../../core/errors/invalid-request-error.ts";
import { describeFaults } from "../../core/request/describe-faults.ts";
import { memoryLimitsMb } from "../../core/units.ts";
import { readJsonFile } from "./read-json-file.ts";

const memoryMb = z.number().min(1).max(memoryLimitsMb.max);

const noiseSchema = z.strictObject({
  cv: z
    .number()
    .min(0)
    .max(3)
    .default(0)
    .describe("Coefficient of variation of the lognormal body: standard deviation over mean."),
  outlierShare: z.number().min(0).max(0.5).default(0).describe("Share of invocations that take 2 to 6 times as long."),
});

/** The wire schema of a simulation file: how long a function that does not exist takes at each size. */
export const simulationFileSchema = z
  .strictObject({
    memoryMB: z.array(memoryMb).min(1).max(1000).describe("Sizes at which the mean duration is known, in MB."),
    meanDurationMs: z
      .array(z.number().positive())
      .min(1)
      .max(1000)
      .describe("Mean warm duration at each of those sizes, in the same order."),
    noise: noiseSchema.prefault({}).describe("How single invocations scatter around the mean. Default: not at all."),
    initMs: z.number().min(0).max(10_000).default(200).describe("Init phase of a cold start."),
    memoryUsedMB: z.number().positive().max(memoryLimitsMb.max).default(64).describe("Highest memory in use."),
    outOfMemoryBelowMB: memoryMb
      .optional()
      .describe("Smaller sizes run out of memory. Default: those below memoryUsedMB."),
  })
  .superRefine(({ memoryMB, meanDurationMs }, context) => {
    if (memoryMB.length !== meanDurationMs.length) {
      context.addIssue({
        code: "custom",
        path: ["meanDurationMs"],
        message: `expected one duration for each of the ${memoryMB.length} sizes of memoryMB, got ${meanDurationMs.length}`,
      });
    }
    if (new Set(memoryMB).size !== memoryMB.length) {
      context.addIssue({ code: "custom", path: ["memoryMB"], message: "expected every size once" });
    }
  });

/** A simulated function as people write it. */
export type SimulationFile = z.input<typeof simulationFileSchema>;

/** A simulated function with every default filled in, its points in ascending order of memory. */
export interface SimulationModel {
  readonly points: readonly { readonly memoryMb: number; readonly meanMs: number }[];
  readonly noise: { readonly cv: number; readonly outlierShare: number };
  readonly initMs: number;
  readonly memoryUsedMb: number;
  readonly outOfMemoryBelowMb: number;
}

/**
 * Parses the content of a simulation file.
 *
 * @param subject - What to call it in the error.
 * @throws {@link InvalidRequestError} listing every fault at once.
 */
export const parseSimulation = (input: unknown, subject = "The simulation"): SimulationModel => {
  const parsed = simulationFileSchema.safeParse(input);
  if (!parsed.success) {
    throw new InvalidRequestError(describeFaults(parsed.error.issues, simulationFileSchema, input), subject);
  }
  const { memoryMB, meanDurationMs, noise, initMs, memoryUsedMB, outOfMemoryBelowMB } = parsed.data;
  return {
    points: memoryMB
      .map((memory, index) => ({ memoryMb: memory, meanMs: meanDurationMs[index] ?? 0 }))
      .sort((a, b) => a.memoryMb - b.memoryMb),
    noise,
    initMs,
    memoryUsedMb: memoryUsedMB,
    outOfMemoryBelowMb: outOfMemoryBelowMB ?? memoryUsedMB,
  };
};

/**
 * Reads a simulation file.
 *
 * @throws {@link InvalidRequestError} when it cannot be read, is not JSON, or breaks the schema.
 */
export const readSimulationFile = async (path: string): Promise<SimulationModel> => {
  const subject = `The simulation file ${path}`;
  return parseSimulation(await readJsonFile(path, subject), subject);
};
