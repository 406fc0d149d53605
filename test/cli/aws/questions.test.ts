import { describe, expect, it } from "vitest";
import { hasTerminals, runOnTerminal, type Step } from "../run-on-terminal.ts";
import { playedAccount, small } from "./played-account.ts";

const ctrlC = "\u0003";

const onTerminal = async (args: readonly string[], steps: readonly Step[]) => {
  const account = await playedAccount();
  const result = await runOnTerminal(args, steps, account);
  return { ...account, ...result };
};

const start = "expected, at most";
const stop = "in AWS as well? [y/N]";

// Skipped where there is no python3 to make a terminal.
describe.skipIf(!hasTerminals)("a person at a terminal", { timeout: 60_000 }, () => {
  it("starts a run with y", async () => {
    const { code, screen, executions } = await onTerminal(["tune", "thumbs", ...small], [[start, "y\r"]]);
    expect(code).toBe(0);
    expect(screen).toContain("Report: .lambda-tuner/reports/thumbs/");
    expect(await executions()).toMatchObject([{ status: "SUCCEEDED" }]);
  });

  it.each([
    ["anything else", "\r", 2],
    ["Ctrl-C", ctrlC, 130],
    ["the end of the input", "\u0004", 2],
  ])("starts nothing with %s", async (_what, typed, expected) => {
    const { code, screen, executions } = await onTerminal(["tune", "thumbs", ...small], [[start, typed]]);
    expect(code).toBe(expected);
    expect(screen).toContain("Nothing was done.");
    expect(await executions()).toEqual([]);
  });

  it("stops a run with Ctrl-C and y, and waits until the function is as it was", async () => {
    const { code, screen, executions } = await onTerminal(
      ["tune", "held", ...small],
      [
        [start, "y\r"],
        ["Round 1 · measuring", ctrlC],
        [stop, "y\r"],
      ],
    );
    expect(code).toBe(130);
    expect(screen).toContain("the target is as it was");
    expect(await executions()).toMatchObject([{ status: "ABORTED" }]);
  });

  it.each([
    ["n", "n\r"],
    ["Ctrl-C", ctrlC],
  ])("leaves a run to AWS with Ctrl-C and %s", async (_what, typed) => {
    const { code, screen, executions } = await onTerminal(
      ["tune", "held", ...small],
      [
        [start, "y\r"],
        ["Round 1 · measuring", ctrlC],
        [stop, typed],
      ],
    );
    expect(code).toBe(130);
    expect(screen).toContain("lambda-tuner tune --follow held-");
    expect(await executions()).toMatchObject([{ status: "RUNNING" }]);
  });
});
