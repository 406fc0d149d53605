import type { Job } from "../sampling/decision.ts";

/**
 * How many versions measuring a size takes: one that every round uses again, and one more for each burst of forced cold
 * starts, of as many as there are lanes. Only a new version is sure to start new environments.
 *
 * @example
 * ```ts
 * versionsOf({ cold: 0, lanes: 2 }); // => 1
 * versionsOf({ cold: 5, lanes: 2 }); // => 4
 * ```
 */
export const versionsOf = ({ cold, lanes }: Pick<Job, "cold" | "lanes">): number => 1 + Math.ceil(cold / lanes);
