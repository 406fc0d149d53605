/** A high quantile of duration: what it is about, and what it stays under with the confidence asked. */
export interface QuantileBound {
  /** Point estimate, in milliseconds. */
  readonly expectedMs: number;
  /** Upper confidence bound, in milliseconds; at least `expectedMs`. */
  readonly upperMs: number;
  /**
   * `distribution-free`: an order statistic. `extrapolated` and `lognormal` assume a shape of the tail. `slowest-sample`: no
   * bound at all, only a multiple of the slowest of samples too few to show a spread.
   */
  readonly method: "distribution-free" | "extrapolated" | "lognormal" | "slowest-sample";
}
