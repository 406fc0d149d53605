/** A high quantile of duration: what it is about, and what it stays under with the confidence asked. */
export interface QuantileBound {
  /** Point estimate, in milliseconds. */
  readonly expectedMs: number;
  /** Upper confidence bound, in milliseconds; at least `expectedMs`. */
  readonly upperMs: number;
  /** `distribution-free`: an order statistic. The other two assume a shape of the tail. */
  readonly method: "distribution-free" | "extrapolated" | "lognormal";
}
