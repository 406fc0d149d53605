import { execFileSync, spawnSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { commandList } from "../../cli/command-list.ts";
import { completionScript } from "../../cli/completion/completion-script.ts";
import { longName } from "../../cli/flags/flag.ts";
import { toolVersion } from "../../core/tool-version.ts";
import { runCli } from "./run-cli.ts";

const definitions = await Promise.all(commandList.map(({ load }) => load()));

describe("help", { timeout: 60_000 }, () => {
  it("lists every command on stdout", async () => {
    const { code, stdout, stderr } = await runCli(["--help"]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    for (const { name } of commandList) expect(stdout).toMatch(new RegExp(`^  ${name} `, "m"));
  });

  it("goes to stderr with exit code 2 when nothing was asked", async () => {
    const { code, stdout, stderr } = await runCli([]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain("Usage: lambda-tuner");
  });

  it.each([
    ["tune", "--help"],
    ["help", "tune"],
  ])("of a command: %s %s", async (...args) => {
    const { code, stdout } = await runCli(args);
    expect(code).toBe(0);
    expect(stdout).toContain("--tolerance-percent <p>");
    expect(stdout).toContain("Shared options:");
  });

  it.each([
    ["report", '(choices: "table", "json", "markdown", "html", "csv")'],
    ["diff", '(choices: "table", "json", "markdown")'],
    ["estimate", '(choices: "table", "json")'],
    ["schema", '(choices: "json")'],
  ])("of %s lists the formats that it has", async (name, choices) => {
    const { stdout } = await runCli([name, "--help"]);
    expect(stdout.replaceAll(/\s+/g, " ")).toContain(`--output <format> format of the result ${choices}`);
  });

  it("of a command whose result has one form offers no format", async () => {
    expect((await runCli(["init", "--help"])).stdout).not.toContain("--output");
  });

  it("tells the version", async () => {
    expect(await runCli(["--version"])).toEqual({ code: 0, stdout: `${toolVersion}\n`, stderr: "" });
  });
});

describe("definitions of commands", { timeout: 60_000 }, () => {
  it.each(definitions)("$name is listed under its own name and summary", ({ name, summary }) => {
    expect(commandList.find((listed) => listed.name === name)?.summary).toBe(summary);
  });

  it.each(definitions)("$name names every flag once", ({ flagGroups }) => {
    const names = flagGroups.flatMap(({ flags }) => flags.map(longName));
    expect(new Set(names).size).toBe(names.length);
  });
});

describe("completion", { timeout: 60_000 }, () => {
  const shells = ["bash", "zsh", "fish"] as const;
  const here = shells.filter((shell) => spawnSync(shell, ["-c", "true"]).status === 0);

  it.each(shells)("for %s names every command and flag", (shell) => {
    const script = completionScript(shell, definitions);
    for (const { name, flagGroups } of definitions) {
      expect(script).toContain(name);
      for (const flag of flagGroups.flatMap(({ flags }) => flags)) expect(script).toContain(longName(flag).slice(2));
    }
  });

  it.each(here)("for %s is a script that the shell can read", (shell) => {
    const { status, stderr } = spawnSync(shell, ["-n"], {
      input: completionScript(shell, definitions),
      encoding: "utf8",
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  });

  it("completes in bash", () => {
    const complete = (words: string) =>
      execFileSync("bash", ["-s"], {
        encoding: "utf8",
        input: `${completionScript("bash", definitions)}
COMP_WORDS=(${words}); COMP_CWORD=$((\${#COMP_WORDS[@]} - 1)); _lambda_tuner; echo "\${COMPREPLY[@]}"`,
      }).trim();
    expect(complete("lambda-tuner tu")).toBe("tune");
    expect(complete("lambda-tuner tune x --memory-m")).toBe("--memory-min --memory-max");
    expect(complete("lambda-tuner report x --output mark")).toBe("markdown");
    expect(complete("lambda-tuner diff a b -o ''")).toBe("table json markdown");
    expect(complete("lambda-tuner check r.json --at c")).toBe("current");
    expect(complete("lambda-tuner schema conf")).toBe("config");
  });
});
