import { mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { ownFolderName, removeStaleFolders } from "../../../../local/sandbox/backend/own-folder.ts";

const parentWith = (...folders: readonly string[]): string => {
  const parent = mkdtempSync(join(tmpdir(), "groups-"));
  onTestFinished(() => rmSync(parent, { recursive: true }));
  for (const folder of folders) mkdirSync(join(parent, folder), { recursive: true });
  return parent;
};

// Start times come from /proc.
it.skipIf(process.platform !== "linux")("removes folders of processes that are gone, and no others", async () => {
  const parent = parentWith(
    "lambda-tuner-999999999-1/environment",
    `lambda-tuner-${process.pid}-1`,
    ownFolderName(),
    "lambda-tuner-callers",
    "user.slice",
  );
  await removeStaleFolders(parent);
  expect(readdirSync(parent).sort()).toEqual([ownFolderName(), "lambda-tuner-callers", "user.slice"].sort());
});

it("does nothing where there is no such folder", async () => {
  await expect(removeStaleFolders(join(tmpdir(), "not-there"))).resolves.toBeUndefined();
});
