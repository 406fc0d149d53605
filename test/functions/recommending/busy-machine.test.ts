import { expect, it } from "vitest";
import { busyMachine } from "../../../functions/recommending/busy-machine.ts";

const versions = [
  { memorySizeMb: 1769, version: "2" },
  { memorySizeMb: 128, version: "1" },
];

/** A version that was invoked for a second of ten, while others used so many cores. */
const found = (version: string, lostMs: number, othersCores: number) => ({
  version,
  elapsedMs: 1000,
  lostMs,
  from: { atMs: 500, othersMs: 70_000 },
  to: { atMs: 10_500, othersMs: 70_000 + othersCores * 10_000 },
  machineCores: 2,
});

const facts = (...contention: readonly ReturnType<typeof found>[]) => ({
  engine: "local" as const,
  contention: [...contention],
});

it("warns of the sizes that other programs have slowed down", () => {
  expect(busyMachine({ versions }, facts(found("1", 10, 1.6), found("2", 240, 1.6)))).toEqual([
    { kind: "machine-busy", sizes: [{ memorySizeMb: 1769, lostShare: 0.24 }], othersCores: 1.6, machineCores: 2 },
  ]);
});

it("blames others for no more than they used", () => {
  expect(busyMachine({ versions }, facts(found("2", 700, 0.6)))).toMatchObject([{ sizes: [{ lostShare: 0.6 }] }]);
});

it("counts what others used from before the first size until after the last", () => {
  const early = { ...found("1", 0, 0), to: { atMs: 1500, othersMs: 71_000 } };
  const late = {
    ...found("2", 100, 0),
    from: { atMs: 9000, othersMs: 76_000 },
    to: { atMs: 10_500, othersMs: 76_000 },
  };
  expect(busyMachine({ versions }, facts(early, late))).toMatchObject([{ othersCores: 0.6 }]);
});

it.each([
  ["a quiet machine", facts(found("1", 1, 0.02), found("2", 2, 0.02))],
  ["short functions, which always wait a little, on a quiet machine", facts(found("1", 80, 0.3), found("2", 90, 0.3))],
  ["programs that take nothing from the function", facts(found("1", 3, 1.2), found("2", 40, 1.2))],
  ["a busy time before or after the run", facts(found("7", 500, 1.9))],
  ["an engine that does not tell", { engine: "local" as const }],
  ["AWS", { engine: "aws" as const }],
])("does not warn of %s", (_, engine) => {
  expect(busyMachine({ versions }, engine)).toEqual([]);
});
