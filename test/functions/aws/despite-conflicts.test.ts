import { describe, expect, it } from "vitest";
import { type Attempt, despiteConflicts, type Refusal } from "../../../functions/aws/despite-conflicts.ts";

/** Meets these outcomes in turn, then succeeds; waits in no time. */
const attempting = (outcomes: readonly (Refusal | "taken")[], deadline = Number.POSITIVE_INFINITY) => {
  const left = [...outcomes];
  const pausesMs: number[] = [];
  const result = despiteConflicts(
    { functionArn: "arn:f", purpose: "change it", deadline },
    async (): Promise<Attempt<string>> => {
      const next = left.shift();
      if (next === undefined) return { done: "changed" };
      return { refused: next === "taken" ? undefined : next };
    },
    async (ms) => pausesMs.push(ms),
  );
  return { result, pausesMs };
};

const times = (count: number, outcome: Refusal) => Array.from({ length: count }, () => outcome);

describe("a refused change", () => {
  it("is attempted again after longer and longer pauses", async () => {
    const { result, pausesMs } = attempting(times(5, "under-way"));
    expect(await result).toBe("changed");
    expect(pausesMs).toEqual([500, 1000, 2000, 4000, 5000]);
  });

  it.each([
    ["an update was under way", times(6, "under-way"), "An update of arn:f was still under way at every attempt"],
    ["somebody changed it", times(6, "outdated"), "changed by someone else"],
    ["both were met", [...times(5, "under-way"), "outdated"] as const, "changed by someone else"],
  ])("ends with the reason when %s", async (_, outcomes, message) => {
    await expect(attempting(outcomes).result).rejects.toMatchObject({
      name: "Tuner.ChangedDuringRun",
      message: expect.stringContaining(message),
    });
  });

  it("is not waited for beyond the deadline", async () => {
    const { result, pausesMs } = attempting(times(1, "under-way"), Date.now() + 400);
    await expect(result).rejects.toThrow("still under way");
    expect(pausesMs).toEqual([]);
  });
});

it("a change that was taken is looked at again at once, also after many refusals", async () => {
  const { result, pausesMs } = attempting([...times(5, "under-way"), "taken"]);
  expect(await result).toBe("changed");
  expect(pausesMs).toHaveLength(5);
});
