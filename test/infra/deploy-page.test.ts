import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, it } from "vitest";
import { parametrisedTemplate } from "./support/synthesised.ts";

const page = readFileSync("docs/deploy.md", "utf8");
const blocks = (language: string): readonly string[] =>
  [...page.matchAll(new RegExp(`\`\`\`${language}\n([\\s\\S]*?)\`\`\``, "g"))].map(([, code = ""]) => code);

describe("docs/deploy.md", () => {
  it("shows an app that synthesises", { timeout: 60_000 }, () => {
    const [example = ""] = blocks("ts");
    const entry = pathToFileURL("infra/cdk.ts").href;
    // The bundles of a built package stand behind the import; inline code stands in for them.
    const runnable = example
      .replace('"lambda-tuner/cdk"', JSON.stringify(entry))
      .replace("functions: [", 'code: () => Code.fromInline("x"),\n  functions: [')
      .concat("process.stdout.write(JSON.stringify(app.synth().getStackByName('Tuning').template));\n");
    const folder = join("node_modules", ".lambda-tuner-test");
    const file = join(folder, `deploy-${process.pid}.mjs`);
    mkdirSync(folder, { recursive: true });
    writeFileSync(file, `import { Code } from "aws-cdk-lib/aws-lambda";\n${runnable}`);
    try {
      const template: unknown = JSON.parse(
        execFileSync(process.execPath, [file], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }),
      );
      const types = Object.values(
        (template as { readonly Resources: Record<string, { readonly Type: string }> }).Resources,
      );
      expect(types.map(({ Type: type }) => type)).toContain("AWS::Scheduler::Schedule");
    } finally {
      rmSync(file);
    }
  });

  it("lists every parameter of the template", () => {
    const parameters = Object.keys(parametrisedTemplate().Parameters ?? {}).filter(
      (name) => name !== "BootstrapVersion",
    );
    expect(parameters.filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
  });

  it("lists every property of the construct", () => {
    const source = readFileSync("infra/lambda-tuner-props.ts", "utf8");
    const properties = [...source.matchAll(/^ {2}readonly (\w+)\??:/gm)].map(([, name = ""]) => name);
    expect(properties.filter((name) => name !== "code" && !page.includes(`\`${name}\``))).toEqual([]);
  });

  it("shows policies that are JSON", () => {
    for (const block of blocks("json")) expect(() => JSON.parse(block) as unknown).not.toThrow();
  });
});
