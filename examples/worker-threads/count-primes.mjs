import { parentPort } from "node:worker_threads";

parentPort.on("message", ({ from, to }) => {
  let primes = 0;
  for (let candidate = from; candidate < to; candidate++) if (isPrime(candidate)) primes++;
  parentPort.postMessage(primes);
});

const isPrime = (candidate) => {
  for (let divisor = 2; divisor * divisor <= candidate; divisor++) if (candidate % divisor === 0) return false;
  return true;
};
