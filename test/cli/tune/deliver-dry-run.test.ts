import { describe, expect, it } from "vitest";
import { dryRunSchema } from "../../../core/planning/dry-run.ts";
import { handlerFile, runCli } from "../run-cli.ts";

describe("a dry run in which the function fails", { timeout: 60_000 }, () => {
  const args = ["tune", handlerFile("throws-always.mjs"), "--dry-run", "-q"];
  const error = "TypeError: Cannot read properties of undefined (reading 'id') (throws-always.mjs:2:9)";
  const told = { code: 1, stderr: `error: throws-always failed in the one invocation of the dry run: ${error}\n` };

  it("exits 1 and says why on stderr, with its plan on stdout", async () => {
    const result = await runCli(args);
    expect(result).toMatchObject(told);
    expect(result.stdout).toMatch(/^Invoked {5}once: error after .*: TypeError: /m);
  });

  it("exits 1 and says why on stderr, with its plan as JSON on stdout", async () => {
    const result = await runCli([...args, "-o", "json"]);
    expect(result).toMatchObject(told);
    expect(dryRunSchema.parse(JSON.parse(result.stdout)).invocation).toMatchObject({ status: "error", error });
  });
});
