import type { Report } from "../report/schema.ts";

type Finding = Report["finding"];
type ReasonCode = Report["findingReasonCodes"][number];

/** What the finding rests on. */
export interface FindingFacts {
  readonly currentMb: number;
  /** Absent when no size could be measured. */
  readonly recommendedMb?: number;
  /** Sizes that cannot be told apart from the recommended one. */
  readonly tiedWithMb: readonly number[];
  readonly conclusive: boolean;
  /** Whether the run has anything to say of the current size beside the recommended one. */
  readonly isCompared: boolean;
  /** Findings of the timeout, which are reasons of their own. */
  readonly timeoutCodes: readonly ("TimeoutTooLong" | "TimeoutTooShort")[];
}

/**
 * Compute Optimizer's finding and reason codes for a run.
 *
 * Of a current size that was compared with nothing there is no finding. One that is tied with the recommended one is `Optimized`: a change would buy nothing that can be shown.
 *
 * @see {@link https://docs.aws.amazon.com/compute-optimizer/latest/APIReference/API_LambdaFunctionRecommendation.html}
 *
 * @example
 * ```ts
 * memoryFinding({ currentMb: 1024, recommendedMb: 512, tiedWithMb: [], conclusive: true, isCompared: true, timeoutCodes: [] }).finding; // => "NotOptimized"
 * ```
 */
export const memoryFinding = (facts: FindingFacts): { finding: Finding; reasonCodes: ReasonCode[] } => {
  const { currentMb, recommendedMb, tiedWithMb, conclusive, isCompared, timeoutCodes } = facts;
  if (recommendedMb === undefined || !isCompared)
    return { finding: "Unavailable", reasonCodes: ["InsufficientData", ...timeoutCodes] };
  const memoryCodes = memoryReasons(currentMb, recommendedMb, tiedWithMb);
  const inconclusive: ReasonCode[] = conclusive ? [] : ["Inconclusive"];
  const reasonCodes = [...memoryCodes, ...inconclusive, ...timeoutCodes];
  return { finding: memoryCodes.length + timeoutCodes.length > 0 ? "NotOptimized" : "Optimized", reasonCodes };
};

const memoryReasons = (currentMb: number, recommendedMb: number, tiedWithMb: readonly number[]): ReasonCode[] => {
  if (currentMb === recommendedMb || tiedWithMb.includes(currentMb)) return [];
  return [currentMb > recommendedMb ? "MemoryOverprovisioned" : "MemoryUnderprovisioned"];
};
