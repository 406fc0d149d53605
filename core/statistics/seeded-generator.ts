/**
 * Uniform random numbers from a seed: the same seed gives the same numbers everywhere.
 *
 * The generator is sfc32, the 32-bit "Small Fast Counting" generator of Chris Doty-Humphrey's PractRand: 128 bits of
 * state, a cycle of at least 2^32 numbers for every seed. Not for secrets.
 *
 * @param seed - From 0 to 2^32 - 1; the fraction and higher bits of other numbers are dropped.
 * @returns A function whose every call gives the next number, 0 or more and below 1, a multiple of 2^-32.
 * @see {@link https://pracrand.sourceforge.net/ | PractRand}, "RNG_engines"
 *
 * @example
 * ```ts
 * seededGenerator(1)() === seededGenerator(1)(); // => true
 * ```
 */
export const seededGenerator = (seed: number): (() => number) => {
  let a = 0;
  let b = seed | 0;
  let c = 0;
  let counter = 1;
  const next = (): number => {
    const result = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + result) | 0;
    return (result >>> 0) / 2 ** 32;
  };
  // Small seeds differ in a few bits only: let them spread before the first number.
  for (let round = 0; round < warmUpRounds; round += 1) next();
  return next;
};

const warmUpRounds = 12;
