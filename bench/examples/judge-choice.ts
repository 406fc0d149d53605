import { chargeAt } from "./charge-at.ts";
import { cheapestOf, type SweepPoint } from "./dense-sweep.ts";

/** How a chosen size compares with the best of the dense sweep. */
export interface Verdict {
  /** Charge over that of the best swept size, in percent; absent for a size outside the sweep. */
  readonly excessPercent?: number;
  /** Whether the excess is at most 5 %. */
  readonly within5Percent: boolean;
  /** Whether the sweep's own intervals cannot tell the chosen size from the best one. */
  readonly tied: boolean;
}

/** Judges a choice by what the dense sweep, not the run that chose, measured. */
export const judgeChoice = (sweep: readonly SweepPoint[], memorySizeMb: number | undefined): Verdict => {
  const best = cheapestOf(sweep);
  const chosen = memorySizeMb === undefined ? undefined : chargeAt(sweep, memorySizeMb);
  if (chosen === undefined) return { within5Percent: false, tied: false };
  const excessUsd = chosen.chargePerMillionUsd - best.chargePerMillionUsd;
  const excessPercent = (100 * excessUsd) / best.chargePerMillionUsd;
  return {
    excessPercent,
    within5Percent: excessPercent <= 5,
    tied: excessUsd <= Math.hypot(chosen.halfIntervalUsd, best.halfIntervalUsd),
  };
};

/** Share of the verdicts that `holds`, 0 to 1; absent without any. */
export const shareOf = <T>(verdicts: readonly T[], holds: (verdict: T) => boolean): number | undefined =>
  verdicts.length === 0 ? undefined : verdicts.filter(holds).length / verdicts.length;
