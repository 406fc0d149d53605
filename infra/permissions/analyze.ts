import type { Permission } from "./permission.ts";

/** Analyze decides from the samples that it is given: it calls no AWS API. */
export const analyzePermissions: readonly Permission[] = [];
