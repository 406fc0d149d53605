import { environment } from "./environment.ts";

/**
 * Starts counting what one of our own functions costs.
 *
 * @returns Reads the GB-seconds since the start; 0 where nothing is billed, as on the embedded engine.
 */
export const stopwatch = (): (() => number) => {
  const startedAt = performance.now();
  const memorySizeMb = Number(environment()["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"] ?? 0);
  return () => ((performance.now() - startedAt) / 1000) * (memorySizeMb / 1024);
};
