import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { inconclusiveReport, thumbnailReport } from "../core/report/render-fixtures.ts";
import { emptyFolder, runCli } from "./run-cli.ts";

const folderWith = (files: Readonly<Record<string, unknown>>): string => {
  const cwd = emptyFolder();
  for (const [name, content] of Object.entries(files)) {
    writeFileSync(join(cwd, name), typeof content === "string" ? content : JSON.stringify(content));
  }
  return cwd;
};

describe("report", { timeout: 60_000 }, () => {
  it.each([
    ["table", /^image-thumbnail\n/],
    ["json", /"schemaVersion": 1/],
    ["markdown", /^## image-thumbnail\n/],
    ["html", /^<!doctype html>[\s\S]*<svg [^>]*role="img"/],
    ["csv", /^function,runId,/],
  ])("shows a stored report as %s", async (format, expected) => {
    const cwd = folderWith({ "r.json": thumbnailReport });
    const { code, stdout, stderr } = await runCli(["report", "r.json", "-o", format], { cwd });
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toMatch(expected);
  });

  it("reads stdin, and finds a run by its id", async () => {
    const text = JSON.stringify(thumbnailReport);
    expect((await runCli(["report", "-", "-o", "csv"], { stdin: text })).code).toBe(0);
    const cwd = emptyFolder();
    const folder = join(cwd, ".lambda-tuner", "reports", "image-thumbnail");
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, `${thumbnailReport.run.id}.json`), text);
    expect((await runCli(["report", thumbnailReport.run.id, "-o", "csv"], { cwd })).code).toBe(0);
  });

  it("tolerates what a newer minor version adds, and hands it on as JSON", async () => {
    const newer = {
      ...thumbnailReport,
      novelty: 1,
      measurements: thumbnailReport.measurements.map((measurement) => ({ ...measurement, extra: { deep: true } })),
    };
    const cwd = folderWith({ "r.json": newer });
    expect((await runCli(["report", "r.json"], { cwd })).code).toBe(0);
    expect(JSON.parse((await runCli(["report", "r.json", "-o", "json"], { cwd })).stdout)).toEqual(newer);
  });

  it.each([
    ["text", "r.json is not JSON"],
    ["{}", "has no schemaVersion"],
    [{ ...thumbnailReport, schemaVersion: 2 }, "has schemaVersion 2, and this version of lambda-tuner reads 1"],
    [{ ...thumbnailReport, currentMemorySize: "big" }, "currentMemorySize: Invalid input"],
    [{ error: { name: "Tuner.AllSizesFailed", message: "failed at every size" } }, "holds a failure, not a report"],
  ])("refuses %j", async (content, message) => {
    const { code, stderr } = await runCli(["report", "r.json"], { cwd: folderWith({ "r.json": content }) });
    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });

  it("writes to --out instead of stdout", async () => {
    const cwd = folderWith({ "r.json": thumbnailReport });
    const written = await runCli(["report", "r.json", "-o", "markdown", "--out", "r.md", "-q"], { cwd });
    expect(written).toEqual({ code: 0, stdout: "", stderr: "" });
  });
});

describe("diff", { timeout: 60_000 }, () => {
  it("shows what changed, and marks what may be noise", async () => {
    const faster = {
      ...thumbnailReport,
      measurements: thumbnailReport.measurements.map((measurement) =>
        measurement.memorySizeMb === 1024 && measurement.durationMs !== undefined
          ? {
              ...measurement,
              durationMs: { ...measurement.durationMs, mean: 201, meanInterval: { lower: 199, upper: 203 } },
            }
          : measurement,
      ),
    };
    const cwd = folderWith({ "old.json": thumbnailReport, "new.json": faster });
    const { code, stdout } = await runCli(["diff", "old.json", "new.json"], { cwd });
    expect(code).toBe(0);
    expect(stdout).toMatch(/1024 MB +402 +201 +-50%/);
    expect(stdout).toMatch(/640 MB +560 +560 +~0%/);
    expect(stdout).toContain("Memory      640 MB in both");
    const markdown = await runCli(["diff", "old.json", "new.json", "-o", "markdown"], { cwd });
    expect(markdown.stdout).toContain("| 1024 MB | 402 | 201 | -50% |");
  });
});

describe("check", { timeout: 60_000 }, () => {
  const cwdOf = () =>
    folderWith({
      "r.json": thumbnailReport,
      "few.json": inconclusiveReport,
      "strict.json": { chargePerMillionUsd: 6.5, durationMs: { p95: 500, p99: 700 }, wastePercent: 20 },
      "empty.json": {},
      "odd.json": { chargePerMilionUsd: 6 },
    });

  it.each([
    [["r.json", "--budget", "6.10"], 0],
    [["r.json", "--budget", "6.00"], 4],
    [["r.json", "--budget", "6.10", "--at", "current"], 4],
    [["r.json", "--budget", "strict.json"], 4],
    [["few.json", "--budget", "strict.json", "--at", "current"], 4],
    [["r.json", "--budget", "empty.json"], 2],
    [["r.json", "--budget", "odd.json"], 2],
    [["r.json", "--budget", "-3"], 2],
  ])("%j exits %d", async (args, expected) => {
    expect((await runCli(["check", ...args], { cwd: cwdOf() })).code).toBe(expected);
  });

  it("says which limits failed, one that cannot be shown to hold among them", async () => {
    const args = ["check", "few.json", "--budget", "strict.json", "--at", "current"];
    const { stdout } = await runCli(args, { cwd: cwdOf() });
    expect(stdout).toBe(
      [
        "Over budget (at 1024 MB, current)",
        "  over  charge of a million invocations: $6.90, limit $6.50",
        "  over  p95 duration: not in the report, limit 500 ms",
        "  over  p99 duration: not in the report, limit 700 ms",
        "  ok    current size above the recommended one: 0%, limit 20%",
        "",
      ].join("\n"),
    );
  });
});
