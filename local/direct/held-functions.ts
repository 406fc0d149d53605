import { type Lock, readLocks } from "../../functions/aws/locks.ts";
import { type AwsAccess, withAccess } from "./aws-access.ts";

/** The functions that runs hold: runs that are under way, and runs that ended without putting them back. */
export const readHeldFunctions = async (
  access: AwsAccess,
  lockTableName: string,
): Promise<readonly Pick<Lock, "functionArn" | "runId">[]> =>
  withAccess(access, readLocks, { LOCK_TABLE_NAME: lockTableName });
