import { expect, it } from "vitest";
import { busyMachine } from "../../../functions/recommending/busy-machine.ts";

const versions = [
  { memorySizeMb: 1769, version: "2" },
  { memorySizeMb: 128, version: "1" },
];

const found = (version: string, lostMs: number, othersMs: number) => ({
  version,
  elapsedMs: 1000,
  lostMs,
  othersMs,
  machineCores: 2,
});

const facts = (...contention: readonly ReturnType<typeof found>[]) => ({
  engine: "local" as const,
  contention: [...contention],
});

it("warns of the sizes that other programs have slowed down", () => {
  expect(busyMachine({ versions }, facts(found("1", 10, 1500), found("2", 240, 1700)))).toEqual([
    { kind: "machine-busy", sizes: [{ memorySizeMb: 1769, lostShare: 0.24 }], othersCores: 1.6, machineCores: 2 },
  ]);
});

it.each([
  ["a quiet machine", facts(found("1", 1, 20), found("2", 2, 20))],
  ["short functions, which always wait a little, on a quiet machine", facts(found("1", 80, 30), found("2", 90, 30))],
  ["programs that take nothing from the function", facts(found("1", 3, 900), found("2", 40, 900))],
  ["a busy time before or after the run", facts(found("7", 500, 1900))],
  ["an engine that does not tell", { engine: "local" as const }],
  ["AWS", { engine: "aws" as const }],
])("does not warn of %s", (_, engine) => {
  expect(busyMachine({ versions }, engine)).toEqual([]);
});
