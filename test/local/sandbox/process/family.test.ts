import { spawn } from "node:child_process";
import { expect, it, onTestFinished } from "vitest";
import { isFamily } from "../../../../local/sandbox/process/family.ts";

// Kinship is read from /proc.
it.skipIf(process.platform !== "linux")("counts ancestors, itself, children, and nobody else", () => {
  const child = spawn("sleep", ["60"], { detached: true });
  onTestFinished(() => void child.kill("SIGKILL"));
  expect(isFamily(process.pid)).toBe(true);
  expect(isFamily(process.ppid)).toBe(true);
  expect(isFamily(child.pid ?? 0)).toBe(true);
  expect(isFamily(999_999_999)).toBe(false);
});
