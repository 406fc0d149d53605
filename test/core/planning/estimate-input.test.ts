import { describe, expect, it } from "vitest";
import { BudgetExceededError } from "../../../core/errors/budget-exceeded-error.ts";
import { estimateInputOf } from "../../../core/planning/estimate-input.ts";
import { firstRound } from "../../../core/planning/first-round.ts";
import { parseRequest } from "../../../core/request/parse-request.ts";
import { samplingContextOf } from "../../../core/run/sampling-context.ts";
import type { Target } from "../../../core/run/target.ts";

const target: Target = {
  functionArn: "arn:aws:lambda:us-east-1:123456789012:function:f",
  functionName: "f",
  accountId: "123456789012",
  region: "us-east-1",
  architecture: "x86_64",
  packageType: "Zip",
  snapStart: false,
  tracing: false,
  ephemeralStorageMb: 512,
  original: { memorySizeMb: 1024, timeoutSeconds: 3, description: "", codeSha256: "", settingsSha256: "" },
};

const estimated = (asked: object) => {
  const { request } = parseRequest({ functionArn: "f", ...asked });
  const jobs = firstRound(samplingContextOf({ request, target }));
  return estimateInputOf(request, target, jobs, jobs.length);
};

const refusal = (asked: object): BudgetExceededError => {
  try {
    estimated(asked);
  } catch (error) {
    if (error instanceof BudgetExceededError) return error;
  }
  throw new RangeError(`Expected a refusal of ${JSON.stringify(asked)}.`);
};

describe.each(["adaptive", "fixed"])("a spend limit of a run of the method %s", (method) => {
  const asked = (maxUsd: number) => ({ sampling: { method }, budget: { maxUsd } });

  it("is refused with one figure, however low it is", () => {
    const needed = [1e-7, 1e-6, 4e-6, 1e-4].map((maxUsd) => refusal(asked(maxUsd)).neededUsd);
    expect(new Set(needed).size).toBe(1);
  });

  it("is accepted from the figure on that a refusal names", () => {
    const { message, neededUsd } = refusal(asked(1e-7));
    const [, named] = /expected to cost \$([\d.]+),/.exec(message) ?? [];
    expect(Number(named)).toBeGreaterThanOrEqual(neededUsd);
    expect(Number(named)).toBeLessThan(1.02 * neededUsd);
    expect(() => estimated(asked(Number(named)))).not.toThrow();
  });
});
