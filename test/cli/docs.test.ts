import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { commandList } from "../../cli/command-list.ts";
import { exitCodes } from "../../cli/exit-codes.ts";
import { longName } from "../../cli/flags/flag.ts";
import { sharedFlags } from "../../cli/flags/shared-flags.ts";
import { configSchema } from "../../cli/config/config-schema.ts";

const page = readFileSync(new URL("../../docs/cli.md", import.meta.url), "utf8");
const definitions = await Promise.all(commandList.map(({ load }) => load()));

describe("docs/cli.md", () => {
  it.each(commandList.map(({ name }) => name))("has the command %s", (name) => {
    expect(page).toContain(`\`${name}`);
  });

  const flags = [
    ...sharedFlags,
    ...definitions.flatMap(({ flagGroups }) => flagGroups.flatMap((group) => group.flags)),
  ];

  it.each([...new Set(flags.map(longName))])("has the flag %s", (name) => {
    expect(page).toMatch(new RegExp(`${name}(?![\\w-])`));
  });

  it.each(Object.values(exitCodes))("has the exit code %d", (code) => {
    expect(page).toMatch(new RegExp(`^\\|.*\\b${code}\\b`, "m"));
  });

  it("shows a config file that is valid", () => {
    const [, json = ""] = /```json\n(\{\n {2}"objective"[\s\S]*?)```/.exec(page) ?? [];
    expect(configSchema.safeParse(JSON.parse(json)).error).toBeUndefined();
  });
});
