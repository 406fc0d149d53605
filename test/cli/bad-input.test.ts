import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { failureSchema } from "../../cli/output/failure-document.ts";
import { emptyFolder, handlerFile, runCli, startCli } from "./run-cli.ts";

const echo = handlerFile("echo.mjs");
const many = Array.from({ length: 200 }, (_, index) => 129 + index).join(",");

describe("input that cannot be used", { timeout: 60_000 }, () => {
  it.each([
    ["a file that is not there", ["tune", "./missing.ts"], "there is no file or folder"],
    [
      "a target that is neither path nor name",
      ["tune", "my function"],
      "cannot be the name or ARN of a Lambda function",
    ],
    ["a target beside a run to follow", ["tune", echo, "--follow", "run-1"], "leave the target out"],
    ["a flag of paths for a deployed function", ["tune", "my-function", "--env", "A=1"], "--env describes a path"],
    ["an unknown flag", ["tune", echo, "--objectve", "cost"], "Did you mean --objective?"],
    ["an unknown command", ["tun", echo], "Did you mean tune?"],
    ["an unknown output", ["tune", echo, "-o", "xml"], "Allowed choices are table, json, markdown, html, csv"],
    ["no target", ["tune"], "missing required argument 'target'"],
    ["memory below Lambda's", ["tune", echo, "--memory", "100"], "--memory, entry 1: expected at least 128, got 100."],
    ["memory above Lambda's", ["tune", echo, "--memory", "20000"], "expected at most 10240, got 20000."],
    ["too many sizes", ["tune", echo, "--memory", many], "--memory: expected at most 64 entries, got 200."],
    ["a payload that is not JSON", ["tune", echo, "--payload", "{a"], "--payload is not JSON"],
    ["a payload file that is not there", ["tune", echo, "--payload", "@no.json"], "--payload @no.json cannot be read"],
    ["an apply on a path", ["tune", echo, "--apply", "memory"], "--apply changes a deployed function"],
    [
      "a count for a method that chooses its own",
      ["tune", echo, "--invocations", "50"],
      "--invocations belongs to the method fixed, but the method is adaptive. Add --method fixed, or leave it out.",
    ],
    [
      "a way to AWS for a path",
      ["tune", echo, "--profile", "prod"],
      "--profile is about runs in AWS, and a path is tuned",
    ],
    ["a region that is none", ["tune", echo, "--region", "europe"], "--region: expected the name of a region, such as"],
    [
      "an alias for advice that is not applied",
      ["tune", "my-function", "--alias", "live"],
      "--alias says behind what the advice is applied, but none is to be. Add --apply memory, or leave it out.",
    ],
    ["a config that is not there", ["tune", echo, "--config", "no.json"], "no.json cannot be read as JSON"],
    ["a report that is not there", ["report", "no.json"], "no.json cannot be read"],
    ["a check without a budget", ["check", "no.json"], "check needs a --budget"],
    ["a format that an estimate lacks", ["estimate", echo, "-o", "csv"], "Allowed choices are table, json."],
    ["a format that a dry run lacks", ["tune", echo, "--dry-run", "-o", "csv"], "this result comes as table or json"],
    ["a format that a schema lacks", ["schema", "report", "-o", "table"], "Allowed choices are json."],
    ["a format for a result that has one form", ["init", "-o", "markdown"], "unknown option '-o'"],
    ["an unsupported log format", ["serve", "--log-format", "xml"], "--log-format: expected text or json, got xml"],
    ["a port that is none", ["serve", "--port", "99999"], "--port: expected a whole number"],
    ["a port that is no number", ["serve", "--port", "http"], '--port: expected a whole number, got "http".'],
    ["half a megabyte", ["tune", echo, "--memory", "512.5"], "--memory, entry 1: expected a whole number, got 512.5."],
    [
      "a ceiling that was meant in seconds",
      ["tune", echo, "--caller-ceiling", "29"],
      "--caller-ceiling: expected at least 1000 ms, got 29 ms.",
    ],
    ["a shell without completions", ["completion", "tcsh"], "Allowed choices are bash, zsh, fish"],
  ])("%s exits 2 and names the fix", async (_what, args, message) => {
    const { code, stdout, stderr } = await runCli(args);
    expect(stderr).toContain(message);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  });

  it("reports every fault of flags, environment and config at once, each under the name it was given", async () => {
    const cwd = emptyFolder();
    writeFileSync(
      join(cwd, "lambda-tuner.config.json"),
      '{"sampling": {"coldStarts": -1}, "local": {"timeoutSeconds": 0}}',
    );
    const { code, stderr } = await runCli(
      ["tune", echo, "--memory", "20000,abc", "--config", "lambda-tuner.config.json"],
      {
        cwd,
        env: { LAMBDA_TUNER_CONFIDENCE: "7" },
      },
    );
    expect(code).toBe(2);
    expect(stderr.split("\n").filter((line) => line.startsWith("  - "))).toEqual([
      "  - --memory, entry 1: expected at most 10240, got 20000.",
      '  - --memory, entry 2: expected a number, got "abc".',
      "  - LAMBDA_TUNER_CONFIDENCE: expected at most 0.999, got 7.",
      "  - sampling.coldStarts (lambda-tuner.config.json): expected at least 0, got -1.",
      "  - local.timeoutSeconds (lambda-tuner.config.json): expected at least 1, got 0.",
    ]);
  });

  it("reports unknown keys of the config, values and a payload that is none together", async () => {
    const cwd = emptyFolder();
    const config = { memory: { minMb: "a" }, bogus: 1, local: { memorySizeMb: 5, foo: 2 }, apply: { memory: true } };
    writeFileSync(join(cwd, "c.json"), JSON.stringify(config));
    const flags = ["--config", "c.json", "--max-usd", "abc", "--payload", "{a"];
    const { code, stderr } = await runCli(["tune", echo, ...flags], { cwd, env: { LAMBDA_TUNER_PRESET: "foo" } });
    expect(code).toBe(2);
    expect(stderr.split("\n").filter((line) => line.startsWith("  - "))).toEqual([
      expect.stringContaining("  - --payload is not JSON"),
      expect.stringContaining('  - Unknown key "bogus" in c.json: expected one of '),
      '  - memory.minMb (c.json): expected a number, got "a".',
      '  - LAMBDA_TUNER_PRESET: expected one of quick, standard, thorough, got "foo".',
      '  - --max-usd: expected a number, got "abc".',
      "  - local.memorySizeMb (c.json): expected at least 128, got 5.",
      expect.stringContaining('  - Unknown key "foo" in local (c.json): expected one of memorySizeMb, '),
      "  - apply (c.json) changes a deployed function, and a path is none. Leave it out.",
    ]);
  });

  it("reports faults of a config together with a flag that a deployed function has no use for", async () => {
    const cwd = emptyFolder();
    writeFileSync(join(cwd, "lambda-tuner.config.json"), '{"bogus": 1}');
    const { code, stderr } = await runCli(["tune", "thumbs", "--env", "A=1"], { cwd });
    expect(code).toBe(2);
    expect(stderr).toContain('Unknown key "bogus" in lambda-tuner.config.json');
    expect(stderr).toContain("--env describes a path");
  });

  it.each([
    ["--max-usd", ["--max-usd", "1e-7"], {}, "{}"],
    ["LAMBDA_TUNER_MAX_USD", [], { LAMBDA_TUNER_MAX_USD: "1e-7" }, "{}"],
    ["budget.maxUsd (lambda-tuner.config.json)", [], {}, '{"budget": {"maxUsd": 1e-7}}'],
  ])("calls a spend limit that is too low %s", async (name, flags, env, config) => {
    const cwd = emptyFolder();
    writeFileSync(join(cwd, "lambda-tuner.config.json"), config);
    for (const command of ["tune", "estimate"]) {
      const { code, stderr } = await runCli([command, echo, ...flags], { cwd, env });
      expect(code).toBe(4);
      expect(stderr).toContain(`. Raise ${name}, or ask for fewer sizes`);
    }
  });

  it("suggests what an unknown key of the config may have meant", async () => {
    const cwd = emptyFolder();
    writeFileSync(join(cwd, "lambda-tuner.config.json"), '{"objectiv": "cost", "functions": {"a": {"tarhet": "x"}}}');
    const { code, stderr } = await runCli(["tune", "a"], { cwd });
    expect(code).toBe(2);
    expect(stderr).toContain('Unknown key "objectiv" in lambda-tuner.config.json: did you mean "objective"?');
    expect(stderr).toContain("functions.a (lambda-tuner.config.json): expected an object with a target");
  });

  it("is one JSON document on stdout with --output json, whatever is wrong", async () => {
    for (const args of [
      ["tune", "./missing.ts", "-o", "json"],
      ["tune", echo, "--output=json", "--nope"],
      ["tune", echo, "--memory", "1", "--output", "json"],
    ]) {
      const { code, stdout } = await runCli(args);
      expect(failureSchema.parse(JSON.parse(stdout)).error).toMatchObject({ exitCode: code, isRetryable: false });
    }
  });
});

describe("an environment that stands in the way", { timeout: 60_000 }, () => {
  it("exits 3 when there is no room for temporary files", async () => {
    const cwd = emptyFolder();
    writeFileSync(join(cwd, "handler.ts"), "export const handler = async (): Promise<number> => 1;");
    const args = ["tune", "handler.ts", "-o", "json"];
    const { code, stdout, stderr } = await runCli(args, { cwd, env: { TMPDIR: join(cwd, "not-there") } });
    expect(code).toBe(3);
    expect(stderr).toContain("This machine refused what is needed: E");
    expect(failureSchema.parse(JSON.parse(stdout)).error).toMatchObject({ name: "Tuner.Environment", exitCode: 3 });
  });

  it("exits 3 when the port is taken", async () => {
    const first = startCli(["serve"]);
    await first.shows('"url"');
    first.kill("SIGTERM");
    const { stdout } = await first.result;
    const { port } = new URL(JSON.parse(stdout).url);
    const holder = startCli(["serve", "--port", port]);
    await holder.shows('"url"');
    const second = await runCli(["serve", "--port", port]);
    expect(second.code).toBe(3);
    expect(second.stderr).toContain(`already listening on 127.0.0.1:${port}`);
    holder.kill("SIGINT");
    expect((await holder.result).code).toBe(0);
  });

  it.skipIf(!existsSync("/dev/full"))("exits 3 with the result on stdout when --out cannot be written", async () => {
    const { code, stdout, stderr } = await runCli(["schema", "failure", "--out", "/dev/full"]);
    expect(code).toBe(3);
    expect(JSON.parse(stdout)).toHaveProperty("title");
    expect(stderr).toContain("--out /dev/full could not be written");
  });
});
