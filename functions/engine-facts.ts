import { z } from "zod";
import { estimateBasisSchema } from "../core/planning/estimate-basis.ts";
import { environment } from "./environment.ts";

const othersReadingSchema = z.strictObject({ atMs: z.number(), othersMs: z.number() });

/** What the engine that runs the state machine says of itself, where it is not AWS. */
export const engineFactsSchema = z.strictObject({
  engine: z.enum(["aws", "local", "simulated"]),
  /** How CPU shares are held: cgroup-v2, cgroup-v1 or duty-cycle. */
  cpuBackend: z.string().optional(),
  /** Why shares are only approximate; absent when they are exact. */
  cpuApproximateReason: z.string().optional(),
  /** Why the memory limit is not enforced by the kernel; absent when it is. */
  memoryNotEnforcedReason: z.string().optional(),
  /** Sizes above this run with this size's CPU share, in MB. */
  cappedAtMb: z.int().optional(),
  /** What an estimate rests on where CloudWatch shows nothing of the target. */
  expectation: estimateBasisSchema.optional(),
  /** What other programs on the machine took from the function, by its version; see `Contention` of the local engine. */
  contention: z
    .array(
      z.strictObject({
        version: z.string(),
        elapsedMs: z.number(),
        lostMs: z.number(),
        from: othersReadingSchema,
        to: othersReadingSchema,
        machineCores: z.number(),
      }),
    )
    .optional(),
});
export type EngineFacts = z.output<typeof engineFactsSchema>;

/** Reads the engine's facts from the variable `LAMBDA_TUNER_ENGINE`, which only an embedded engine sets. */
export const engineFacts = (): EngineFacts => {
  const given = environment()["LAMBDA_TUNER_ENGINE"];
  return given === undefined ? { engine: "aws" } : engineFactsSchema.parse(JSON.parse(given));
};
