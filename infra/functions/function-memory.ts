import type { FunctionName } from "./function-names.ts";

/**
 * Memory of the tuner's own functions, in MB.
 *
 * Most wait for AWS APIs, where 512 MB keep the SDK's start short. Analyze and Recommend compute on one core, which they
 * have whole at 1,769 MB. Measure times nothing itself, the platform does, but reads up to a thousand answers at once.
 */
export const functionMemoryMb: Readonly<Record<FunctionName, number>> = {
  plan: 512,
  provision: 512,
  measure: 1024,
  analyze: 1769,
  "clean-up": 512,
  observe: 512,
  recommend: 1769,
  apply: 512,
};
