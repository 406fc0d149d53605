import { parseRequest } from "../../../core/request/parse-request.ts";
import type { SamplingContext } from "../../../core/sampling/decision.ts";

/** What sampling knows of a function at 1,024 MB in us-east-1 on x86, but for what the request and the facts say. */
export const samplingContext = (request: object = {}, facts: Partial<SamplingContext> = {}): SamplingContext => {
  const { objective, memory, sampling, budget, seed } = parseRequest({ functionArn: "f", seed: 1, ...request }).request;
  return {
    objective,
    memory,
    sampling,
    budget,
    seed,
    currentMb: 1024,
    maxMb: 10_240,
    payloadShares: [1],
    usdPerGbSecond: 0.0000166667,
    usdPerRequest: 0.0000002,
    storageAsMemoryMb: 0,
    ...facts,
  };
};
