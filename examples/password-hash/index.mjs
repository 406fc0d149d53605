import { scryptSync, timingSafeEqual } from "node:crypto";

/** Checks a password against a stored hash: pure CPU on one thread, so twice the memory is half the time. */
export const handler = async ({ password, salt, hash }) => {
  const derived = scryptSync(password, salt, 32, { N: 8192, r: 8, p: 1 });
  return { matches: timingSafeEqual(derived, Buffer.from(hash, "hex")) };
};
