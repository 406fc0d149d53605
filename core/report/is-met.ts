import type { Recommendation } from "./schema.ts";

/**
 * Whether the recommended size keeps the limit of the objective `slo`, shown or estimated.
 *
 * @example
 * ```ts
 * isMet({ verdict: "estimated-met" }); // => true
 * isMet({ verdict: "not-shown" }); // => false
 * ```
 */
export const isMet = ({ verdict }: Pick<NonNullable<Recommendation["slo"]>, "verdict">): boolean =>
  verdict === "met" || verdict === "estimated-met";
