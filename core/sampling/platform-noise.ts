/** Sd of the logarithm of an environment's own speed. */
export const hostSd = 0.03;
/** Sd of the logarithm of the speed at the time of a round. */
export const roundSd = 0.025;
/** Sd of the logarithm of what is left, a round and a size at a time. */
export const nuggetSd = 0.01;
