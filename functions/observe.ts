import type { Observation } from "../core/production/production-metrics.ts";
import { readCallers } from "./aws/caller-ceilings.ts";
import { readTraces } from "./aws/xray-traces.ts";
import type { HandlerContext } from "./handler-context.ts";
import { observeInputSchema } from "./observing/observe-input.ts";
import { readProduction } from "./observing/read-production.ts";

/**
 * Observe: what production, the callers and the traces say.
 *
 * Evidence that cannot be read is a warning each, never a failed run: the measurements stand without it.
 */
export const handler = async (event: unknown, context: HandlerContext): Promise<Observation> => {
  const input = observeInputSchema.parse(event);
  const [production, callers, traced] = await Promise.all([
    readProduction(input, context.signal),
    readCallers(input.target, context.signal),
    readTraces(input, context.signal),
  ]);
  return {
    ...(production.metrics === undefined ? {} : { metrics: production.metrics }),
    ceilings: [...callers.ceilings],
    queues: [...callers.queues],
    ...(traced.traces === undefined ? {} : { traces: traced.traces }),
    warnings: [...production.warnings, ...callers.warnings, ...traced.warnings],
  };
};
