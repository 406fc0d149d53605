import { existsSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { makeFolder } from "../../local/make-folder.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

describe("making a folder", () => {
  it("makes those above it too, and does not mind one that is there", async () => {
    const folder = join(temporaryFolder(), "a", "b", "c");
    await makeFolder(folder);
    await makeFolder(folder);
    expect(statSync(folder).isDirectory()).toBe(true);
  });

  it("fails where a file is in the way", async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "a"), "");
    await expect(makeFolder(join(folder, "a", "b", "c"))).rejects.toMatchObject({ code: "ENOTDIR" });
  });

  it.skipIf(!existsSync("/proc/self"))("fails below a folder that takes no other", async () => {
    await expect(makeFolder("/proc/a/b/c")).rejects.toMatchObject({ code: "ENOENT" });
  });
});
