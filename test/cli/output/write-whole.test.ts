import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { writeWhole } from "../../../cli/output/write-whole.ts";
import { emptyFolder } from "../run-cli.ts";

describe("writing a file completely or not at all", () => {
  it("makes a new file, and nothing beside it", async () => {
    const folder = emptyFolder();
    await writeWhole(join(folder, "r.json"), "new");
    expect(readFileSync(join(folder, "r.json"), "utf8")).toBe("new");
    expect(readdirSync(folder)).toEqual(["r.json"]);
  });

  it("replaces what a link leads to, with the rights it had", async () => {
    const folder = emptyFolder();
    writeFileSync(join(folder, "real.json"), "old");
    chmodSync(join(folder, "real.json"), 0o600);
    symlinkSync("real.json", join(folder, "link.json"));
    await writeWhole(join(folder, "link.json"), "new");
    expect(readFileSync(join(folder, "real.json"), "utf8")).toBe("new");
    expect(statSync(join(folder, "real.json")).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder).sort()).toEqual(["link.json", "real.json"]);
  });

  it("leaves nothing behind when it cannot be written, and names the file", async () => {
    const folder = emptyFolder();
    // A folder in the way of the draft is as good as a full disk: the write fails.
    mkdirSync(join(folder, `r.json.${process.pid}.tmp`));
    writeFileSync(join(folder, "r.json"), "old");
    await expect(writeWhole(join(folder, "r.json"), "new")).rejects.toThrow(`open '${join(folder, "r.json")}'`);
    expect(readFileSync(join(folder, "r.json"), "utf8")).toBe("old");
  });

  it.skipIf(!existsSync("/dev/full"))("writes to a device as it is", async () => {
    await writeWhole("/dev/null", "gone");
    await expect(writeWhole("/dev/full", "too much")).rejects.toThrow("ENOSPC");
    expect(statSync("/dev/null").isCharacterDevice()).toBe(true);
  });
});
