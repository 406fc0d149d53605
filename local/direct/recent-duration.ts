import type { EstimateBasis } from "../../core/planning/estimate-basis.ts";
import type { Target } from "../../core/run/target.ts";
import { recentDuration } from "../../functions/planning/recent-duration.ts";
import { type AwsAccess, withAccess } from "./aws-access.ts";

/** How long a deployed function's invocations have taken until now, as Plan reads it. */
export const readRecentDuration = async (
  access: AwsAccess,
  target: Target,
  lookbackDays: number,
): Promise<EstimateBasis> => withAccess(access, async () => recentDuration(target, lookbackDays, Date.now()));
