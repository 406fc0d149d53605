import type { CommandDefinition } from "../command.ts";
import { UsageError } from "../errors/usage-error.ts";
import { exitCodes } from "../exit-codes.ts";
import { awsFlags } from "../flags/aws-flags.ts";

const settings = ["recommended", "current"] as const;

/** `check <report> --budget`: exit code 4 when a report is over its budget. */
export const checkCommand: CommandDefinition = {
  name: "check",
  summary: "fail when a report is over a budget",
  description:
    "Holds a report against a budget and exits with 4 when it is over. A limit on something that the report does not have fails too.",
  arguments: [{ name: "<report>", description: "a report file, the id of a run, or - for stdin" }],
  formats: ["table", "json"],
  flagGroups: [
    {
      heading: "Options",
      flags: [
        {
          flags: "--budget <usd|file>",
          description:
            "US dollars per million invocations, or a JSON file with chargePerMillionUsd, durationMs, wastePercent",
        },
        { flags: "--at <setting>", description: "the size to check (default: recommended)", choices: settings },
      ],
    },
    { heading: "Options of a run in AWS", flags: awsFlags },
  ],
  examples: ["check report.json --budget 8.50", "check report.json --budget budget.json --at current"],
  run: async (call) => {
    const { findReport } = await import("../reports/find-report.ts");
    const { readBudget } = await import("../check/budget.ts");
    const { checkBudget } = await import("../check/check-budget.ts");
    const { renderVerdict } = await import("../check/render-verdict.ts");
    const { terminalOf } = await import("../output/terminal.ts");
    const { writeResult } = await import("../output/write-result.ts");
    const given = call.given.get("--budget");
    if (given === undefined) throw new UsageError("check needs a --budget: an amount, or a JSON file with limits.");
    const setting = settings.find((name) => name === call.given.get("--at")?.value) ?? "recommended";
    const budget = await readBudget(String(given.value));
    const verdict = checkBudget((await findReport(call.arguments[0] ?? "-", call)).report, budget, setting);
    const text =
      call.shared.output === "json"
        ? `${JSON.stringify(verdict, undefined, 2)}\n`
        : renderVerdict(verdict, terminalOf(call.shared).paint);
    return writeResult(text, call, verdict.passed ? exitCodes.done : exitCodes.overBudget);
  },
};
