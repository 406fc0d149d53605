import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { payloadsApart } from "../../../cli/tune/large-payloads.ts";
import { reportSchema } from "../../../core/report/schema.ts";
import { emptyFolder, runCli } from "../run-cli.ts";

const text = (length: number): string => "é".repeat(length / 2);

const folderWith = (payload: unknown): string => {
  const cwd = emptyFolder();
  const handler = `export const handler = async ({ x }) => { if (x?.length !== 50_000) throw new TypeError("length " + x?.length); };`;
  writeFileSync(join(cwd, "counts.mjs"), handler);
  writeFileSync(join(cwd, "event.json"), JSON.stringify(payload));
  return cwd;
};

describe("payloads that a request cannot hold", { timeout: 60_000 }, () => {
  it("reach code on this machine, and its report where payloads may be logged", async () => {
    const payload = { x: text(100_000) };
    const small = ["--method", "fixed", "--memory", "256", "--invocations", "2", "--log-payloads", "-o", "json", "-q"];
    const cwd = folderWith(payload);
    const { code, stdout } = await runCli(["tune", "counts.mjs", "--payload", "@event.json", ...small], { cwd });
    expect([0, 5]).toContain(code);
    const { run } = reportSchema.parse(JSON.parse(stdout));
    expect(run).toMatchObject({ failedInvocations: 0, request: { payloads: { inline: payload } } });
  });

  it("may be a list of the config, and are estimated", async () => {
    const cwd = folderWith(null);
    const config = { payloads: { perInvocation: [{ x: text(100_000) }, { x: text(100_000) }] } };
    writeFileSync(join(cwd, "lambda-tuner.config.json"), JSON.stringify(config));
    const dryRun = await runCli(["tune", "counts.mjs", "--dry-run", "-q"], { cwd });
    expect(dryRun).toMatchObject({ code: 0, stdout: expect.stringContaining("once: ok") });
    expect((await runCli(["estimate", "counts.mjs"], { cwd })).code).toBe(0);
  });

  it("are refused above what Lambda takes in one invocation", async () => {
    const cwd = folderWith({ x: text(7_000_000) });
    const { code, stderr } = await runCli(["tune", "counts.mjs", "--payload", "@event.json", "-q"], { cwd });
    expect(code).toBe(2);
    expect(stderr).toContain("Payload 0 has 7000008 bytes; Lambda takes at most 6291456 in one invocation.");
  });

  it("are refused for a deployed function, whose S3 is its owner's", async () => {
    const cwd = folderWith({ x: text(100_000) });
    const { code, stderr } = await runCli(["tune", "my-function", "--payload", "@event.json"], { cwd });
    expect(code).toBe(2);
    expect(stderr).toContain("put them in S3 and give payloads.s3Uri");
  });

  it("leave a request as it is where it holds them, has a fault in them, or names an object already", () => {
    for (const payloads of [{ inline: text(60_000) }, { weighted: [{}] }, { s3Uri: "s3://bucket/key" }, undefined]) {
      const input = { payloads };
      expect(payloadsApart(input)).toEqual({ input });
    }
  });
});
