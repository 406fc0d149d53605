import { describe, expect, it } from "vitest";
import { memoryFloorMb } from "../../../core/sampling/memory-floor.ts";
import { failedSize, measuredSize, observed, times } from "./measured-size.ts";

const using = (memorySizeMb: number, maxMemoryUsedMb: number) =>
  measuredSize(memorySizeMb, times(3, 100), { maxMemoryUsedMb });

describe("memoryFloorMb", () => {
  it("is the smallest size of the platform before anything is known", () => {
    expect(memoryFloorMb([])).toBe(128);
    expect(memoryFloorMb(observed(using(512, 60)))).toBe(128);
  });

  it("leaves headroom of 12 % over the least memory that was used", () => {
    expect(memoryFloorMb(observed(using(512, 301), using(1024, 500)))).toBe(338);
    expect(memoryFloorMb(observed(using(512, 300)))).toBe(336);
  });

  it.each(["out-of-memory", "timed-out"] as const)("lies above every size that was %s", (outcome) => {
    expect(memoryFloorMb(observed(failedSize(192, outcome), failedSize(512, outcome), using(1024, 100)))).toBe(513);
  });

  it("is not raised by a size that timed out above one that was fine: something else made it hang", () => {
    expect(memoryFloorMb(observed(using(256, 100), using(512, 100), failedSize(1024, "timed-out")))).toBe(128);
    expect(memoryFloorMb(observed(using(256, 100), failedSize(1024, "out-of-memory")))).toBe(1025);
  });

  it("is not raised by a size that timed out while larger ones did as well, now and then", () => {
    const hanging = (mb: number) => measuredSize(mb, [...times(8, 100), { durationMs: 2000, status: "timed-out" }]);
    expect(memoryFloorMb(observed(failedSize(128, "timed-out", 1), hanging(512), hanging(1024)))).toBe(128);
  });

  it("is not raised by a size whose calls failed for a reason of their own", () => {
    expect(memoryFloorMb(observed(failedSize(512, "failing"), using(1024, 100)))).toBe(128);
  });

  it("does not take what a failed size used for what the function needs", () => {
    const killed = { ...failedSize(256, "out-of-memory"), maxMemoryUsedMb: 256 };
    expect(memoryFloorMb(observed(killed, using(1024, 401)))).toBe(450);
  });
});
