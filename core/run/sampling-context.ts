import { storageAsMemoryMb } from "../pricing/invocation-charge.ts";
import { priceOf } from "../pricing/price-book.ts";
import type { PayloadsRequest } from "../request/schema.ts";
import type { SamplingContext } from "../sampling/decision.ts";
import { memoryLimitsMb } from "../units.ts";
import type { RunState } from "./run-state.ts";

/** What sampling and the choice of a size need to know of a run: the same values give the same decisions. */
export const samplingContextOf = (state: Pick<RunState, "request" | "target">): SamplingContext => {
  const { request, target } = state;
  const { prices } = priceOf(target.region, target.architecture);
  return {
    objective: request.objective,
    memory: request.memory,
    sampling: request.sampling,
    budget: request.budget,
    currentMb: target.original.memorySizeMb,
    maxMb: target.maxMemoryMb ?? memoryLimitsMb.max,
    payloadShares: payloadShares(request.payloads),
    usdPerGbSecond: prices.usdPerGbSecond,
    usdPerRequest: prices.usdPerRequest,
    storageAsMemoryMb: storageAsMemoryMb(target.ephemeralStorageMb, prices),
    seed: request.seed,
  };
};

/**
 * Shares of the payloads in production, summing to 1.
 *
 * Only weighted payloads are told apart: the ones given per invocation are a sample of production already, and what stands
 * in S3 is not known here.
 */
const payloadShares = (payloads: PayloadsRequest): readonly number[] => {
  if (!("weighted" in payloads)) return [1];
  const total = payloads.weighted.reduce((sum, { weight }) => sum + weight, 0);
  return payloads.weighted.map(({ weight }) => weight / total);
};
