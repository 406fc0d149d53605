import { setTimeout as delay } from "node:timers/promises";
import { seededGenerator } from "../../core/statistics/seeded-generator.ts";
import type { FunctionRunner, PlatformReport, RunnerInvocation, RunnerResult } from "../endpoint/function-runner.ts";
import { drawNoiseFactor } from "./duration-noise.ts";
import { meanDurationMs } from "./mean-duration.ts";
import type { SimulationModel } from "./simulation-file.ts";

/**
 * Real time that a cold start takes, in milliseconds: lanes that start together then meet in it, and each gets an
 * environment of its own. Nothing else waits.
 */
const coldStartHoldMs = 20;

/**
 * Runs a function that does not exist: durations are drawn, not waited for.
 *
 * Each size has its own stream of numbers, taken in the order in which invocations arrive: the same seed gives the same
 * durations at a size, however sizes and versions are interleaved. An invocation is cold when no environment of its
 * version is idle; running out of memory or time ends an environment.
 *
 * @param seed - From 0 to 2^32 - 1.
 */
export const createSimulatedRunner = (model: SimulationModel, seed: number): FunctionRunner => {
  const generators = new Map<string, () => number>();
  const idle = new Map<string, number>();
  const randomOf = (stream: string): (() => number) => {
    const known = generators.get(stream) ?? seededGenerator(mixed(seed, stream));
    generators.set(stream, known);
    return known;
  };
  return {
    invoke: async (invocation) => {
      const environment = `${invocation.version}@${invocation.memorySizeMb}`;
      const waiting = idle.get(environment) ?? 0;
      const cold = waiting === 0;
      if (!cold) idle.set(environment, waiting - 1);
      const random = randomOf(`${cold ? "cold" : "warm"}@${invocation.memorySizeMb}`);
      const result = simulate(model, invocation, cold, random);
      if (cold) await delay(coldStartHoldMs);
      if (survives(result)) idle.set(environment, (idle.get(environment) ?? 0) + 1);
      return result;
    },
    retire: async (version) => {
      for (const environment of idle.keys()) {
        if (environment.startsWith(`${version}@`)) idle.delete(environment);
      }
    },
    close: async () => {
      idle.clear();
    },
  };
};

const survives = ({ functionError }: RunnerResult): boolean => functionError === undefined;

const simulate = (
  model: SimulationModel,
  invocation: RunnerInvocation,
  cold: boolean,
  random: () => number,
): RunnerResult => {
  const drawnMs = meanDurationMs(model, invocation.memorySizeMb) * drawNoiseFactor(model.noise, random);
  const limitMs = invocation.timeoutSeconds * 1000;
  if (invocation.memorySizeMb < model.outOfMemoryBelowMb) {
    const reported = report(model, invocation, cold, Math.min(drawnMs, limitMs));
    return failed(
      { ...reported, maxMemoryUsedMb: invocation.memorySizeMb, status: "error", errorType: "Runtime.OutOfMemory" },
      "Runtime.OutOfMemory",
      `RequestId: ${invocation.requestId} Error: Runtime exited with error: signal: killed`,
    );
  }
  if (drawnMs > limitMs) {
    return failed(
      { ...report(model, invocation, cold, limitMs), status: "timeout" },
      "Sandbox.Timedout",
      `RequestId: ${invocation.requestId} Error: Task timed out after ${invocation.timeoutSeconds.toFixed(2)} seconds`,
    );
  }
  return { payload: Buffer.from('{"simulated":true}'), output: "", report: report(model, invocation, cold, drawnMs) };
};

const report = (
  model: SimulationModel,
  { memorySizeMb }: RunnerInvocation,
  cold: boolean,
  drawnMs: number,
): PlatformReport => {
  // Lambda reports hundredths of a millisecond and bills whole ones, the init phase included.
  const durationMs = Math.round(drawnMs * 100) / 100;
  const initDurationMs = Math.round(model.initMs * 100) / 100;
  return {
    durationMs,
    billedDurationMs: Math.ceil(cold ? durationMs + initDurationMs : durationMs),
    memorySizeMb,
    maxMemoryUsedMb: Math.min(Math.ceil(model.memoryUsedMb), memorySizeMb),
    ...(cold && { initDurationMs }),
    status: "success",
  };
};

const failed = (reported: PlatformReport, errorType: string, errorMessage: string): RunnerResult => ({
  payload: Buffer.from(JSON.stringify({ errorType, errorMessage })),
  functionError: "Unhandled",
  output: "",
  report: reported,
});

/** A seed of its own for each stream: FNV-1a over the stream's name, started from the seed. */
const mixed = (seed: number, stream: string): number => {
  let hash = (0x811c9dc5 ^ seed) >>> 0;
  for (const byte of Buffer.from(stream)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return hash;
};
