import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { machineCores } from "../../../../local/sandbox/backend/machine-cores.ts";

/** A mounted hierarchy with these control files. */
const hierarchyWith = (files: Readonly<Record<string, string>>): string => {
  const folder = mkdtempSync(join(tmpdir(), "cores-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
};

const v1 = (files: Readonly<Record<string, string>>) => ({
  mountInfo: `1 2 0:1 / ${hierarchyWith(files)} rw - cgroup cgroup rw,cpu\n`,
  membership: "1:cpu:/\n",
});

const v2 = (files: Readonly<Record<string, string>>) => ({
  mountInfo: `1 2 0:1 / ${hierarchyWith(files)} rw - cgroup2 cgroup2 rw\n`,
  membership: "0::/\n",
});

it("is what the machine has where nothing limits it", () => {
  expect(machineCores(undefined)).toBe(availableParallelism());
  expect(machineCores(v1({ "cpu.cfs_quota_us": "-1\n", "cpu.cfs_period_us": "100000\n" }))).toBe(
    availableParallelism(),
  );
  expect(machineCores(v2({ "cpu.max": "max 100000\n" }))).toBe(availableParallelism());
  expect(machineCores(v2({}))).toBe(availableParallelism());
});

it("is the quota of a container where that is less", () => {
  expect(machineCores(v1({ "cpu.cfs_quota_us": "50000\n", "cpu.cfs_period_us": "100000\n" }))).toBe(0.5);
  expect(machineCores(v2({ "cpu.max": "75000 100000\n" }))).toBe(0.75);
});
