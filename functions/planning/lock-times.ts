import { runSeconds } from "../../core/planning/run-time.ts";
import type { LockTimes } from "../execution-state.ts";

/** As long as a run may take, and an hour for the clean-up after it. */
const lockSeconds = runSeconds + 3600;
/** The record of an expired lock is what the daily sweep works from: DynamoDB must not delete it before. */
const recordSeconds = 30 * 86_400;

/** The times of a lock taken now. */
export const lockTimes = (nowMs: number): LockTimes => {
  const now = Math.floor(nowMs / 1000);
  return { acquiredAt: `${now}`, expiresAt: `${now + lockSeconds}`, forgetAt: `${now + recordSeconds}` };
};
