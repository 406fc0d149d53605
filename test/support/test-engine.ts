import { onTestFinished } from "vitest";
import { type Engine, type EngineOptions, startEngine, type TargetSettings } from "../../local/engine.ts";
import type { HostEvent } from "../../local/endpoint/execution-host.ts";
import type { FunctionRunner } from "../../local/endpoint/function-runner.ts";
import { parseSimulation, type SimulationFile } from "../../local/simulation/simulation-file.ts";

/** An engine with one simulated function called `target`, closed when its test ends; no retry of it waits. */
export const startTestEngine = async (
  options: Partial<EngineOptions> & {
    readonly simulation?: SimulationFile;
    readonly settings?: TargetSettings;
    /** Runs the function instead of the simulation. */
    readonly runner?: FunctionRunner;
  } = {},
): Promise<Engine> => {
  const { simulation, settings, runner, ...engineOptions } = options;
  const engine = await startEngine({
    targets: [
      {
        name: "target",
        simulation: parseSimulation(simulation ?? { memoryMB: [128, 1024], meanDurationMs: [400, 50] }),
        settings: { memorySizeMb: 512, timeoutSeconds: 10, ...settings },
      },
    ],
    retryIntervalMs: 1,
    ...engineOptions,
  });
  onTestFinished(() => engine.close());
  if (runner !== undefined) {
    engine.endpoint.registerFunction(
      { functionName: "target", memorySizeMb: 512, timeoutSeconds: 10, ...settings },
      runner,
    );
  }
  return engine;
};

/** Collects what happens in a run. */
export const eventLog = (): { readonly events: HostEvent[]; readonly onEvent: (event: HostEvent) => void } => {
  const events: HostEvent[] = [];
  return { events, onEvent: (event) => void events.push(event) };
};

/** Names of the states that were entered, in their order. */
export const enteredStates = (events: readonly HostEvent[]): string[] =>
  events.flatMap((event) => (event.kind === "state-entered" ? [event.state.name] : []));
