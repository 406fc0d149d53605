import { spawn } from "node:child_process";
import { availableParallelism } from "node:os";
import { expect, it, onTestFinished } from "vitest";
import { startEngine } from "../../local/engine.ts";
import { resolveCodeTarget } from "../../local/sandbox/code-target.ts";
import { functionFile } from "./sandbox/support/sandboxed.ts";

/** Keeps every core busy twice over, until the test ends. */
const keepMachineBusy = (): void => {
  for (let program = 0; program < 2 * availableParallelism(); program++) {
    // In sessions of their own: the kernel shares CPU among sessions first.
    const child = spawn("/bin/sh", ["-c", "while :; do :; done"], { stdio: "ignore", detached: true });
    onTestFinished(() => void child.kill("SIGKILL"));
  }
};

// Linux alone tells how long a process has waited for a CPU. Control groups would give the function precedence.
it.skipIf(process.platform !== "linux")("says in the report that other programs slowed the function down", async () => {
  const engine = await startEngine({
    targets: [{ code: await resolveCodeTarget(functionFile("misbehaving.mjs")) }],
    sandbox: { backend: "duty-cycle" },
  });
  onTestFinished(() => engine.close());
  keepMachineBusy();
  const result = await engine.tune({
    functionArn: "misbehaving",
    memory: { sizesMb: [1769] },
    sampling: { method: "fixed", invocationsPerSize: 3 },
    payloads: { inline: { act: "spend", ms: 50 } },
  });
  const warnings = result.kind === "report" ? result.report.warnings : [];
  expect(warnings).toContainEqual({
    kind: "machine-busy",
    sizes: [{ memorySizeMb: 1769, lostShare: expect.toSatisfy((share: number) => share > 0.05 && share < 1) }],
    othersCores: expect.toSatisfy((cores: number) => cores >= 0.5 && cores <= availableParallelism()),
    machineCores: availableParallelism(),
    message: expect.stringContaining("Close what else runs and tune again."),
  });
});
