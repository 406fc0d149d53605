import { z } from "zod";
import type { tunerMetrics } from "../../core/run/tuner-metrics.ts";

/** One value of one metric. */
export interface Reading {
  readonly metric: keyof typeof tunerMetrics;
  readonly value: number;
  /** The target it is about, for the metrics that are kept by target. */
  readonly functionName?: string;
}

/**
 * What the answer of a function says about runs.
 *
 * Only Recommend's and CleanUp's say something; every other answer gives no reading.
 *
 * @param event - What the function was called with.
 * @param answer - What it returned.
 */
export const readingsOf = (event: unknown, answer: unknown): readonly Reading[] => {
  const recommended = recommendedSchema.safeParse(answer);
  if (recommended.success) return finishedRun(recommended.data);
  const cleaned = cleanedSchema.safeParse(answer);
  if (!cleaned.success || !sweepSchema.safeParse(event).success) return [];
  return [{ metric: "leftoversFound", value: cleaned.data.cleaned.length }];
};

/** What a failed function says about runs. */
export const readingsOfFailure = (error: unknown): readonly Reading[] =>
  error instanceof Error && error.name === "Tuner.RestoreFailed" ? [{ metric: "restoreFailures", value: 1 }] : [];

/** The part of a report that becomes metrics: not the whole schema, since a metric must not fail a run. */
const recommendedSchema = z.looseObject({
  reportKey: z.string(),
  applyWanted: z.boolean(),
  announcement: z.looseObject({}),
  target: z.looseObject({ functionName: z.string() }),
  report: z.looseObject({
    currentMemorySize: z.number(),
    memorySizeRecommendationOptions: z.array(
      z.looseObject({
        savingsOpportunity: z
          .looseObject({ estimatedMonthlySavings: z.looseObject({ value: z.number() }).optional() })
          .optional(),
      }),
    ),
    run: z.looseObject({
      invocations: z.number(),
      failedInvocations: z.number(),
      cost: z.looseObject({ actual: z.looseObject({ total: z.number() }) }),
    }),
    recommendation: z.looseObject({ memorySizeMb: z.number() }).optional(),
  }),
});

const cleanedSchema = z.looseObject({ cleaned: z.array(z.unknown()) });

const sweepSchema = z.looseObject({ "detail-type": z.literal("Scheduled Event") });

const finishedRun = ({ report, target }: z.output<typeof recommendedSchema>): readonly Reading[] => {
  const { run, recommendation, memorySizeRecommendationOptions: options } = report;
  const savings = options[0]?.savingsOpportunity?.estimatedMonthlySavings?.value;
  const { functionName } = target;
  return [
    { metric: "runsFinished", value: 1 },
    { metric: "spendUsd", value: run.cost.actual.total },
    { metric: "targetInvocations", value: run.invocations },
    { metric: "failedInvocations", value: run.failedInvocations },
    ...(savings === undefined ? [] : [{ metric: "estimatedMonthlySavingsUsd" as const, value: savings }]),
    { metric: "currentMemoryMb", value: report.currentMemorySize, functionName },
    ...(recommendation === undefined
      ? []
      : [{ metric: "recommendedMemoryMb" as const, value: recommendation.memorySizeMb, functionName }]),
  ];
};
