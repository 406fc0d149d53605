import type { EngineFacts } from "../functions/engine-facts.ts";
import type { EngineOptions, EngineTarget } from "./engine-options.ts";
import type { FunctionDefinition } from "./endpoint/function-definition.ts";
import type { FunctionRunner } from "./endpoint/function-runner.ts";
import { createCodeRunner } from "./sandbox/code-runner.ts";
import { createSimulatedRunner } from "./simulation/simulated-runner.ts";

/** A target that is ready to be registered with the endpoint. */
export interface ReadyTarget {
  readonly definition: FunctionDefinition;
  readonly runner: FunctionRunner;
  /** What a report must say of how it has run so far. */
  readonly facts: () => EngineFacts;
}

/** Code is worth more than Lambda's default of 3 seconds: what takes longer here may be faster there. */
const localTimeoutSeconds = 30;

/** Makes a target's runner. */
export const readyTarget = async (target: EngineTarget, options: EngineOptions): Promise<ReadyTarget> => {
  if ("simulation" in target) {
    return {
      definition: { functionName: target.name, ...target.settings },
      runner: createSimulatedRunner(target.simulation, target.seed ?? 1),
      facts: () => ({ engine: "simulated" }),
    };
  }
  const { code, settings, expectation } = target;
  const runner = await createCodeRunner(code, options.sandbox);
  return {
    definition: {
      functionName: code.name,
      timeoutSeconds: localTimeoutSeconds,
      runtime: awsRuntimes[code.runtime],
      handler: code.handlerExport === "" ? "bootstrap" : `index.${code.handlerExport}`,
      codeSha256: code.codeSha256,
      ...settings,
    },
    runner,
    facts: () => ({ ...factsOf(runner), ...(expectation === undefined ? {} : { expectation }) }),
  };
};

const awsRuntimes = { nodejs: "nodejs24.x", python: "python3.13", provided: "provided.al2023" } as const;

const factsOf = ({ cpu, contention }: FunctionRunner): EngineFacts => {
  if (cpu === undefined) return { engine: "local" };
  const memoryNotes = cpu.notes.filter((note) => /memory/i.test(note));
  const cpuNotes = cpu.notes.filter((note) => !memoryNotes.includes(note));
  return {
    engine: "local",
    cpuBackend: cpu.backend,
    cappedAtMb: cpu.cappedAtMb,
    ...(cpu.approximate ? { cpuApproximateReason: cpuNotes.join(" ") } : {}),
    ...(memoryNotes.length === 0 ? {} : { memoryNotEnforcedReason: memoryNotes.join(" ") }),
    contention: [...(contention?.() ?? [])].map(([version, found]) => ({ version, ...found })),
  };
};
