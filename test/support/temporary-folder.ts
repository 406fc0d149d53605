import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";

const folders: string[] = [];

/** A new folder that goes when the tests of the file have ended. Unlike `onTestFinished`, it may be made outside a test. */
export const temporaryFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), "lambda-tuner-test-"));
  folders.push(folder);
  return folder;
};

afterAll(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});
