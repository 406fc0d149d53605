import { z } from "zod";
import { targetConfigurationSchema } from "../../core/run/target.ts";
import { lockItemSchema } from "../aws/locks.ts";

const stateSchema = z
  .looseObject({
    run: z.looseObject({ id: z.string() }),
    target: z.looseObject({ functionArn: z.string(), original: targetConfigurationSchema }),
  })
  .transform(({ run, target }) => ({
    kind: "run" as const,
    runId: run.id,
    functionArn: target.functionArn,
    original: target.original,
  }));

const expiredLockSchema = z
  .strictObject({ expiredLock: lockItemSchema })
  .transform(({ expiredLock }) => ({ kind: "expired-lock" as const, lock: expiredLock }));

const endedExecutionSchema = z
  .looseObject({
    "detail-type": z.literal("Step Functions Execution Status Change"),
    detail: z.looseObject({ executionArn: z.string(), name: z.string() }),
  })
  .transform(({ detail }) => ({
    kind: "ended-execution" as const,
    runId: detail.name,
    executionArn: detail.executionArn,
  }));

const sweepSchema = z
  .looseObject({ "detail-type": z.literal("Scheduled Event") })
  .transform(() => ({ kind: "sweep" as const }));

const restoreSchema = z
  .strictObject({ restore: z.strictObject({ runId: z.string().optional() }) })
  .transform(({ restore: { runId } }) =>
    runId === undefined ? { kind: "sweep" as const } : { kind: "restore" as const, runId },
  );

/**
 * Everything that CleanUp is called with: the state of a run, an expired lock, the end of an execution as EventBridge
 * tells it, the daily schedule, or a person's wish to restore one run, or all whose locks have expired.
 */
export const cleanUpEventSchema = z.union([
  expiredLockSchema,
  restoreSchema,
  endedExecutionSchema,
  sweepSchema,
  stateSchema,
]);
export type CleanUpEvent = z.output<typeof cleanUpEventSchema>;
