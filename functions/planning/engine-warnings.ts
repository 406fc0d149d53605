import type { Warning } from "../../core/warning.ts";
import type { EngineFacts } from "../engine-facts.ts";

/** What a reader must know of how an embedded engine holds CPU shares and memory limits. */
export const engineWarnings = (facts: EngineFacts): Warning[] => [
  ...(facts.cpuApproximateReason === undefined
    ? []
    : [{ kind: "cpu-approximate" as const, backend: facts.cpuBackend ?? "", reason: facts.cpuApproximateReason }]),
  ...(facts.memoryNotEnforcedReason === undefined
    ? []
    : [{ kind: "memory-limit-not-enforced" as const, reason: facts.memoryNotEnforcedReason }]),
];
