import { mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { ownFolderName, removeStaleFolders } from "../../../../local/sandbox/backend/own-folder.ts";

const parentWith = (...folders: readonly string[]): string => {
  const parent = mkdtempSync(join(tmpdir(), "groups-"));
  onTestFinished(() => rmSync(parent, { recursive: true }));
  for (const folder of folders) mkdirSync(join(parent, folder), { recursive: true });
  return parent;
};

// Start times come from /proc.
describe.skipIf(process.platform !== "linux")("the folder of a process", () => {
  it("is removed once the process is gone", async () => {
    const [, , , startedAt, namespace] = ownFolderName().split("-");
    const parent = parentWith(
      `lambda-tuner-999999999-1-${namespace}-0a/environment`,
      `lambda-tuner-${process.pid}-${Number(startedAt) - 1}-${namespace}-0a`,
    );
    await removeStaleFolders(parent);
    expect(readdirSync(parent)).toEqual([]);
  });

  it("stays while the process lives, as do other folders and those of other containers", async () => {
    const staying = [ownFolderName(), "lambda-tuner-999999999-1-1-0a", "lambda-tuner-callers", "user.slice"].sort();
    const parent = parentWith(...staying);
    await removeStaleFolders(parent);
    expect(readdirSync(parent).sort()).toEqual(staying);
  });

  it("is another one for each machine that the process opens", () => {
    expect(ownFolderName()).not.toBe(ownFolderName());
  });
});

it("does nothing where there is no such folder", async () => {
  await expect(removeStaleFolders(join(tmpdir(), "not-there"))).resolves.toBeUndefined();
});
