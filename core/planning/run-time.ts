import type { Estimate } from "../run/run-state.ts";
import type { Warning } from "../warning.ts";

/** `TimeoutSeconds` of the state machine, in which a run must have ended. A test compares it with the file. */
export const runSeconds = 21_600;

/** Time from a run's start in which it measures. The last invocation, the clean-up and the report have the rest. */
export const samplingSeconds = runSeconds - 3600;

/**
 * That a run is expected to take longer than it may measure.
 *
 * @example
 * ```ts
 * const estimate = { invocations: 9, expectedUsd: 1, worstCaseUsd: 1, expectedSeconds: 9, worstCaseSeconds: 9 };
 * tooLongWarnings(estimate); // => []
 * ```
 */
export const tooLongWarnings = ({ expectedSeconds }: Estimate): Warning[] =>
  expectedSeconds > samplingSeconds ? [{ kind: "run-too-long", expectedSeconds, samplingSeconds }] : [];
