import { once } from "node:events";
import { Worker } from "node:worker_threads";

const workers = Array.from({ length: 2 }, () => new Worker(new URL("./count-primes.mjs", import.meta.url)));

/** Counts primes on two threads: the one example that gains above 1,769 MB, where the second vCPU begins. */
export const handler = async ({ upTo }) => {
  const half = Math.floor(upTo * 0.64);
  const counts = await Promise.all([count(workers[0], 2, half), count(workers[1], half, upTo)]);
  return { primes: counts[0] + counts[1] };
};

const count = async (worker, from, to) => {
  worker.postMessage({ from, to });
  const [primes] = await once(worker, "message");
  return primes;
};
