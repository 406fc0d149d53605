import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { temporaryFolder } from "../support/temporary-folder.ts";

const start = (...args: readonly string[]) =>
  spawnSync(process.execPath, ["bench/start.ts", ...args], { encoding: "utf8" });

it("says what to run when nothing is compiled", () => {
  const { status, stderr } = start("--main", join(tmpdir(), "no-such-folder", "main.js"));
  expect(status).toBe(2);
  expect(stderr).toContain("npm run build");
});

it("prints one JSON document with both times and their ratio", () => {
  const main = join(temporaryFolder(), "main.js");
  writeFileSync(main, "");
  const { status, stdout } = start("--json", "--pairs", "1", "--main", main);
  expect(status).toBe(0);
  expect(JSON.parse(stdout)).toEqual({
    helpMs: expect.any(Number),
    nodeMs: expect.any(Number),
    ratio: expect.any(Number),
  });
});

it("fails when the program it times fails", () => {
  const main = join(temporaryFolder(), "main.cjs");
  writeFileSync(main, "process.exit(3)");
  expect(start("--json", "--pairs", "1", "--main", main).status).not.toBe(0);
});
