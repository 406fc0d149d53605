import { scryptSync, timingSafeEqual } from "node:crypto";

/** Checks a password against a stored hash: pure CPU on one thread, so twice the memory is half the time. */
export const handler = async ({ password, salt, hash }) => {
  // The least that OWASP's password storage cheat sheet recommends for 16 MB.
  const derived = scryptSync(password, salt, 32, { N: 2 ** 14, r: 8, p: 5 });
  return { matches: timingSafeEqual(derived, Buffer.from(hash, "hex")) };
};
