import type { Permission } from "./permission.ts";

/** Recommend works from what it is given: it calls no AWS API. */
export const recommendPermissions: readonly Permission[] = [];
