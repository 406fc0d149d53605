import { describe, expect, it } from "vitest";
import { InvalidRequestError } from "../../../core/errors/invalid-request-error.ts";
import { firstRound } from "../../../core/planning/first-round.ts";
import { parseRequest } from "../../../core/request/parse-request.ts";
import type { SamplingContext } from "../../../core/sampling/decision.ts";

const contextOf = (request: object, maxMb = 3008): SamplingContext => {
  const { objective, memory, sampling, budget, seed } = parseRequest({ functionArn: "f", ...request }).request;
  const prices = { usdPerGbSecond: 0.0000166667, usdPerRequest: 0.0000002, storageAsMemoryMb: 0 };
  return { objective, memory, sampling, budget, seed, currentMb: 512, maxMb, payloadShares: [1], ...prices };
};

describe.each(["adaptive", "fixed"])("with the method %s, the first round", (method) => {
  const sampling = { method };

  it("measures sizes of the request", () => {
    const jobs = firstRound(contextOf({ sampling, memory: { sizesMb: [128, 512] } }));
    expect(jobs.map(({ memorySizeMb }) => memorySizeMb).toSorted((a, b) => a - b)).toEqual([128, 512]);
  });

  it("is refused when there is no size to measure", () => {
    expect(() => firstRound(contextOf({ sampling, memory: { sizesMb: [4096] } }))).toThrow(InvalidRequestError);
  });
});

it("is as large with a spend limit as without", () => {
  expect(firstRound(contextOf({ budget: { maxUsd: 1e-6 } }))).toEqual(firstRound(contextOf({})));
});
