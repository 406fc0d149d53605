import { execFileSync, spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { zip } from "../../../infra/bundling/zip.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

const python = spawnSync("python3", ["--version"]).status === 0;
const entries = [
  { path: "index.mjs", bytes: Buffer.from("export const handler = () => 1;\n".repeat(100)) },
  { path: "data/ä.json", bytes: Buffer.from("{}") },
];

describe("zip", () => {
  it.skipIf(!python)("is read by an independent reader, names, bytes and modes", () => {
    const file = join(temporaryFolder(), "a.zip");
    writeFileSync(file, zip(entries));
    const script = `
import json, sys, zipfile
archive = zipfile.ZipFile(sys.argv[1])
assert archive.testzip() is None
print(json.dumps({i.filename: [len(archive.read(i)), oct(i.external_attr >> 16)] for i in archive.infolist()}))
`;
    expect(JSON.parse(execFileSync("python3", ["-c", script, file], { encoding: "utf8" }))).toEqual({
      "data/ä.json": [2, "0o100644"],
      "index.mjs": [3200, "0o100644"],
    });
  });

  it("gives the same bytes for the same files, in whatever order they come", () => {
    expect(zip(entries.toReversed()).equals(zip(entries))).toBe(true);
  });

  it("makes an archive of nothing", () => {
    expect(zip([])).toHaveLength(22);
  });
});
