/** State transitions of `statemachine/tuning.asl.json`, whose names these counts belong to; a test counts them in a run. */
const beforeTheRounds = 3;
const perProvisionCall = 2;
/** The Map itself, Analyze and the choice after it. */
const perRound = 3;
const perMeasureCall = 2;
/** The last state of a Map iteration. */
const perSize = 1;
/** CleanUp, Observe and Recommend. */
const untilRecommend = 3;
/** From the choice after Recommend to Done. */
const afterRecommend = 8;

/** Transitions until the first round: Plan, the choice after it, AcquireLock. */
export const transitionsBeforeTheRounds = beforeTheRounds;

/** Transitions of what follows the last round. */
export const transitionsAfterTheRounds = (applied: boolean): number =>
  untilRecommend + transitionsAfterRecommend(applied);

/** Transitions that a run has before it when it makes its report. */
export const transitionsAfterRecommend = (applied: boolean): number => afterRecommend + (applied ? 1 : 0);

/** Transitions of one round, from how often Provision and Measure were called in it. */
export const transitionsOfRound = (provisionCalls: number, measureCalls: readonly number[]): number =>
  perRound +
  provisionCalls * perProvisionCall +
  measureCalls.reduce((sum, calls) => sum + calls * perMeasureCall + perSize, 0);

/**
 * Transitions of a whole run in which nothing has to be called twice.
 *
 * @example
 * ```ts
 * transitionsOf({ rounds: 1, sizesPerRound: 6 }); // => 37
 * ```
 */
export const transitionsOf = ({ rounds, sizesPerRound }: { rounds: number; sizesPerRound: number }): number =>
  beforeTheRounds +
  rounds *
    transitionsOfRound(
      1,
      Array.from({ length: sizesPerRound }, () => 1),
    ) +
  transitionsAfterTheRounds(false);
