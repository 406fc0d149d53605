import { describe, expect, it } from "vitest";
import { longName } from "../../../cli/flags/flag.ts";
import { parseSharedFlags, sharedFlags, sharedFlagsOf } from "../../../cli/flags/shared-flags.ts";
import { thumbnailReport } from "../../core/report/render-fixtures.ts";
import { runCli } from "../run-cli.ts";

describe("--output", () => {
  it("offers a command's own formats, and stays away where it has none", () => {
    const [output] = sharedFlagsOf(["json", "csv"]);
    expect(output).toMatchObject({ flags: "-o, --output <format>", choices: ["json", "csv"] });
    expect(sharedFlagsOf([]).map(longName)).toEqual(sharedFlags.map(longName).filter((name) => name !== "--output"));
  });

  it("is the command's first format where nothing else is asked", () => {
    expect(parseSharedFlags({}, ["json", "csv"]).output).toBe("json");
    expect(parseSharedFlags({ output: "csv" }, ["json", "csv"]).output).toBe("csv");
  });

  it("of the environment waits for a command that has the format", { timeout: 60_000 }, async () => {
    const env = { LAMBDA_TUNER_OUTPUT: "csv" };
    const stdin = JSON.stringify(thumbnailReport);
    const has = await runCli(["report", "-"], { env, stdin });
    expect(has).toMatchObject({ code: 0, stdout: expect.stringMatching(/^function,runId,/) });
    const lacks = await runCli(["check", "-", "--budget", "6.10"], { env, stdin });
    expect(lacks).toMatchObject({ code: 0, stdout: expect.stringMatching(/^Within budget/) });
    const none = await runCli(["completion", "bash"], { env });
    expect(none).toMatchObject({ code: 0, stderr: "" });
    const unknown = await runCli(["check", "-", "--budget", "6.10"], { env: { LAMBDA_TUNER_OUTPUT: "xml" }, stdin });
    expect(unknown.code).toBe(2);
  });
});
