/** The promise of the bounded-risk timeout: the share of healthy invocations that it may cut off, 1 in 10,000. */
export const healthyCutShare = 1e-4;
