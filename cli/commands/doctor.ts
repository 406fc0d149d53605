import type { CommandDefinition } from "../command.ts";
import { exitCodes } from "../exit-codes.ts";

/** `doctor`: what this machine offers to the local engine, each finding with its fix. */
export const doctorCommand: CommandDefinition = {
  name: "doctor",
  summary: "check what this machine offers to the local engine",
  arguments: [],
  flagGroups: [],
  examples: ["doctor", "doctor --output json"],
  run: async (call) => {
    const { requireOutput } = await import("../output/require-output.ts");
    const { examineMachine } = await import("../doctor/examine-machine.ts");
    const { renderFindings } = await import("../doctor/render-findings.ts");
    const { terminalOf } = await import("../output/terminal.ts");
    const { writeResult } = await import("../output/write-result.ts");
    requireOutput(call, ["table", "json"]);
    const findings = await examineMachine();
    const passed = findings.every(({ state }) => state !== "missing");
    const text =
      call.shared.output === "json"
        ? `${JSON.stringify({ passed, findings }, undefined, 2)}\n`
        : renderFindings(findings, terminalOf(call.shared).paint);
    return writeResult(text, call, passed ? exitCodes.done : exitCodes.environment);
  },
};
