import { z } from "zod";
import type { Reading, Readings } from "../reading.ts";

/** A run that has its report. What its invocations were and cost, Measure has said as they were made. */
export const readings: Readings = (_event, answer) => {
  const { report, target } = recommendedSchema.parse(answer);
  const { recommendation, run, memorySizeRecommendationOptions: options } = report;
  const { tunerFunctions, stateTransitions, snapStart = 0 } = run.cost.actual;
  const savings = options[0]?.savingsOpportunity?.estimatedMonthlySavings?.value;
  const { functionName } = target;
  return [
    { metric: "runsFinished", value: 1 },
    { metric: "spendUsd", value: tunerFunctions + stateTransitions + snapStart },
    ...(savings === undefined ? [] : [{ metric: "estimatedMonthlySavingsUsd", value: savings } satisfies Reading]),
    { metric: "currentMemoryMb", value: report.currentMemorySize, functionName },
    ...(recommendation === undefined
      ? []
      : [{ metric: "recommendedMemoryMb", value: recommendation.memorySizeMb, functionName } satisfies Reading]),
  ];
};

/** The part of an answer that becomes metrics: not the whole schema, which holds the user's data too. */
const recommendedSchema = z.looseObject({
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
      cost: z.looseObject({
        actual: z.looseObject({
          tunerFunctions: z.number(),
          stateTransitions: z.number(),
          snapStart: z.number().optional(),
        }),
      }),
    }),
    recommendation: z.looseObject({ memorySizeMb: z.number() }).optional(),
  }),
});
