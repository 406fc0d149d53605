import { expect, it } from "vitest";
import { memoryFinding } from "../../../core/recommendation/memory-finding.ts";

const facts = {
  currentMb: 1024,
  recommendedMb: 512,
  tiedWithMb: [],
  conclusive: true,
  isCompared: true,
  timeoutCodes: [],
} as const;

it.each([
  ["a smaller size is better", facts, "NotOptimized", ["MemoryOverprovisioned"]],
  ["a larger size is better", { ...facts, recommendedMb: 2048 }, "NotOptimized", ["MemoryUnderprovisioned"]],
  ["the current size is the recommended one", { ...facts, recommendedMb: 1024 }, "Optimized", []],
  ["the current size is tied with it", { ...facts, tiedWithMb: [1024] }, "Optimized", []],
  [
    "a limit ended sampling",
    { ...facts, conclusive: false },
    "NotOptimized",
    ["MemoryOverprovisioned", "Inconclusive"],
  ],
  [
    "nothing of a current size that was not compared",
    { ...facts, isCompared: false },
    "Unavailable",
    ["InsufficientData"],
  ],
  [
    "only the timeout is wrong",
    { ...facts, recommendedMb: 1024, timeoutCodes: ["TimeoutTooLong"] },
    "NotOptimized",
    ["TimeoutTooLong"],
  ],
] as const)("finds %s", (_, given, finding, reasonCodes) => {
  expect(memoryFinding(given)).toEqual({ finding, reasonCodes });
});

it("is Unavailable when no size could be measured", () => {
  const { recommendedMb: _none, ...unmeasured } = facts;
  expect(memoryFinding(unmeasured)).toEqual({ finding: "Unavailable", reasonCodes: ["InsufficientData"] });
});
