/** Hours that AWS counts in a month when it gives monthly prices: 365 days / 12, rounded down. */
const hoursPerMonth = 730;

/** Days in that month. */
export const daysPerMonth = hoursPerMonth / 24;

/** Seconds in that month. */
export const secondsPerMonth = hoursPerMonth * 3600;
