import type { FunctionName } from "../functions/function-names.ts";
import { analyzePermissions } from "./analyze.ts";
import { applyPermissions } from "./apply.ts";
import { cleanUpPermissions } from "./clean-up.ts";
import { measurePermissions } from "./measure.ts";
import { observePermissions } from "./observe.ts";
import type { Permission } from "./permission.ts";
import { planPermissions } from "./plan.ts";
import { provisionPermissions } from "./provision.ts";
import { recommendPermissions } from "./recommend.ts";

/** What each function may do in its work: one role a function. */
export const functionPermissions: Readonly<Record<FunctionName, readonly Permission[]>> = {
  plan: planPermissions,
  provision: provisionPermissions,
  measure: measurePermissions,
  analyze: analyzePermissions,
  "clean-up": cleanUpPermissions,
  observe: observePermissions,
  recommend: recommendPermissions,
  apply: applyPermissions,
};
