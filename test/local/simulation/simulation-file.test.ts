import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { InvalidRequestError } from "../../../core/errors/invalid-request-error.ts";
import { parseSimulation, readSimulationFile } from "../../../local/simulation/simulation-file.ts";

const written = (content: string): string => {
  const folder = mkdtempSync(join(tmpdir(), "simulation-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, "simulation.json");
  writeFileSync(file, content);
  return file;
};

it("reads a file, and fills in every default", async () => {
  const file = written('{"memoryMB": [1024, 128], "meanDurationMs": [100, 800]}');
  expect(await readSimulationFile(file)).toEqual({
    points: [
      { memoryMb: 128, meanMs: 800 },
      { memoryMb: 1024, meanMs: 100 },
    ],
    noise: { cv: 0, outlierShare: 0 },
    initMs: 200,
    memoryUsedMb: 64,
    outOfMemoryBelowMb: 64,
  });
});

it("runs out of memory below what it uses, unless told otherwise", () => {
  const points = { memoryMB: [512], meanDurationMs: [100], memoryUsedMB: 300 };
  expect(parseSimulation(points).outOfMemoryBelowMb).toBe(300);
  expect(parseSimulation({ ...points, outOfMemoryBelowMB: 400 }).outOfMemoryBelowMb).toBe(400);
});

it.each([
  ["an unknown key", { memoryMb: [128], meanDurationMs: [1] }, 'did you mean "memoryMB"?'],
  ["lists of different lengths", { memoryMB: [128, 256], meanDurationMs: [1] }, "one duration for each of the 2 sizes"],
  ["a size that comes twice", { memoryMB: [128, 128], meanDurationMs: [1, 2] }, "every size once"],
  ["a duration of nothing", { memoryMB: [128], meanDurationMs: [0] }, "meanDurationMs[0]"],
  ["no points", { memoryMB: [], meanDurationMs: [] }, "memoryMB"],
  ["noise of another kind", { memoryMB: [128], meanDurationMs: [1], noise: { sd: 1 } }, 'Unknown key "sd" in noise'],
  ["a list", [], "object"],
])("refuses %s", (_what, input, message) => {
  expect(() => parseSimulation(input, "The simulation file x.json")).toThrow(message);
  expect(() => parseSimulation(input, "The simulation file x.json")).toThrow("The simulation file x.json");
});

it.each([
  ["a file that is not there", "/nowhere/simulation.json", "expected a file there, found none"],
  ["a folder", tmpdir(), "EISDIR"],
])("refuses %s", async (_what, path, message) => {
  const refusal = readSimulationFile(path);
  await expect(refusal).rejects.toThrow(InvalidRequestError);
  await expect(refusal).rejects.toThrow(message);
});

it("refuses what is not JSON", async () => {
  await expect(readSimulationFile(written("{memoryMB"))).rejects.toThrow("expected JSON, got a syntax error");
});

it.skipIf(process.getuid?.() === 0)("refuses a file that it may not read", async () => {
  const file = written("{}");
  chmodSync(file, 0);
  await expect(readSimulationFile(file)).rejects.toThrow("EACCES");
});
