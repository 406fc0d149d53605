import type { SizeRun } from "./size-run.ts";
import type { Step } from "./time-limit.ts";

/**
 * Makes a call, gives it up when it would outlast this function, and notes how long it took.
 *
 * @returns Its answer, or nothing when it was given up.
 * @throws What the call throws, and the signal's reason when the run is interrupted.
 */
export const patiently = async <Answer>(
  { time, signal }: Pick<SizeRun, "time" | "signal">,
  step: Step,
  call: (signal: AbortSignal) => Promise<Answer>,
): Promise<Answer | undefined> => {
  const patience = AbortSignal.timeout(time.patienceMs());
  const startedAt = performance.now();
  try {
    return await call(AbortSignal.any([signal, patience]));
  } catch (error) {
    if (signal.aborted || !patience.aborted) throw error;
    return undefined;
  } finally {
    time.took(performance.now() - startedAt, step);
  }
};
