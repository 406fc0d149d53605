import { globSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import aslValidator from "asl-validator";
import { beforeAll, describe, expect, it } from "vitest";
import { writeAssembly } from "../../infra/app.ts";
import { bundledCodeIn } from "../../infra/functions/function-code.ts";
import { functionNames } from "../../infra/functions/function-names.ts";
import { plainTemplateFile, writePlainTemplate } from "../../infra/plain-template.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { resolveTemplate, type Template } from "./support/resolve-template.ts";
import { ofType } from "./support/synthesised.ts";

/** Stands in for the real bundles, which have tests of their own. */
const bundles = temporaryFolder();
beforeAll(() => {
  for (const name of functionNames) {
    mkdirSync(join(bundles, name));
    writeFileSync(join(bundles, name, "index.mjs"), `export const handler = async () => "${name}";\n`);
  }
});

const filesIn = (folder: string): readonly string[] =>
  globSync("**", { cwd: folder })
    .filter((file) => statSync(join(folder, file)).isFile())
    .sort((a, b) => a.localeCompare(b));

const contents = (folder: string): Record<string, string> =>
  Object.fromEntries(filesIn(folder).map((file) => [file, readFileSync(join(folder, file), "latin1")]));

const readTemplate = (file: string): Template => JSON.parse(readFileSync(file, "utf8")) as Template;

/** By inspection: everything that CloudFormation would fill in can be filled in. */
const faultsOf = (template: Template, parameters: Readonly<Record<string, string>> = {}): readonly string[] => {
  const resources = resolveTemplate(template, {
    parameters: { TunableFunctionArns: "arn:aws:lambda:us-east-1:123456789012:function:target", ...parameters },
  });
  const tokens = JSON.stringify(resources).match(/\$\{Token\[|"Ref"|"Fn::|\$\{AWS::/g) ?? [];
  const [[, machine] = []] = ofType(resources, "AWS::StepFunctions::StateMachine");
  const { DefinitionString: definition, DefinitionSubstitutions: substitutions } = machine?.Properties ?? {};
  const values = substitutions as Readonly<Record<string, string>>;
  const filled = String(definition).replaceAll(
    /\$\{(\w+)\}/g,
    (placeholder, name: string) => values[name] ?? placeholder,
  );
  const { isValid, errorsText } = aslValidator(JSON.parse(filled));
  return [...tokens, ...(filled.match(/\$\{\w*/g) ?? []), ...(isValid ? [] : [errorsText()])];
};

describe("the cloud assembly", () => {
  const outdir = temporaryFolder();
  beforeAll(() => {
    writeAssembly(outdir, bundledCodeIn(bundles));
  }, 60_000);

  it("holds the stack, in no particular account or region, and every asset", () => {
    const manifest = readFileSync(join(outdir, "manifest.json"), "utf8");
    expect(JSON.parse(manifest)).toMatchObject({
      artifacts: { LambdaTuner: { environment: "aws://unknown-account/unknown-region" } },
    });
    const { files } = JSON.parse(readFileSync(join(outdir, "LambdaTuner.assets.json"), "utf8")) as {
      readonly files: Readonly<Record<string, { readonly source: { readonly path: string } }>>;
    };
    const sources = Object.values(files).map(({ source }) => source.path);
    expect(sources).toHaveLength(functionNames.length + 1);
    for (const source of sources) expect(readdirSync(outdir)).toContain(source);
  });

  it("resolves without a token left in it, to a state machine that is valid", () => {
    expect(faultsOf(readTemplate(join(outdir, "LambdaTuner.template.json")))).toEqual([]);
  });

  it("names no folder of the machine that it was made on", () => {
    const naming = Object.entries(contents(outdir)).filter(
      ([, text]) => text.includes(process.cwd()) || text.includes(tmpdir()) || text.includes("file://"),
    );
    expect(naming.map(([file]) => file)).toEqual([]);
  });

  it("has the same bytes when it is made again", { timeout: 60_000 }, () => {
    const again = temporaryFolder();
    writeAssembly(again, bundledCodeIn(bundles));
    expect(contents(again)).toEqual(contents(outdir));
  });

  it("has no asset over 1 MB", () => {
    const large = filesIn(outdir).filter((file) => statSync(join(outdir, file)).size > 1_000_000);
    expect(large).toEqual([]);
  });
});

describe("the plain template", () => {
  const folder = temporaryFolder();
  beforeAll(() => {
    writePlainTemplate(folder, bundles);
  }, 60_000);

  it("takes the code of every function from the user's bucket, under the name of an archive beside it", () => {
    const template = readTemplate(join(folder, plainTemplateFile));
    const codes = ofType(template.Resources, "AWS::Lambda::Function").map(([, each]) => each.Properties["Code"]);
    const keys = codes.map((code) => JSON.stringify(code));
    for (const archive of readdirSync(join(folder, "functions"))) {
      expect(keys.filter((key) => key.includes(archive))).toHaveLength(1);
    }
    for (const code of codes) expect(code).toMatchObject({ S3Bucket: { Ref: "CodeBucketName" } });
    expect(readdirSync(join(folder, "functions"))).toHaveLength(functionNames.length);
  });

  it("resolves without a token left in it, to a state machine that is valid", () => {
    expect(faultsOf(readTemplate(join(folder, plainTemplateFile)), { CodeBucketName: "my-artifacts" })).toEqual([]);
  });

  it("asks for the bucket, and needs nothing of the CDK in the account", () => {
    const text = readFileSync(join(folder, plainTemplateFile), "utf8");
    expect(readTemplate(join(folder, plainTemplateFile)).Parameters?.["CodeBucketName"]).not.toHaveProperty("Default");
    expect(text).not.toMatch(/cdk-|BootstrapVersion|AWS::CDK/);
  });

  it("has the same bytes when it is made again", { timeout: 60_000 }, () => {
    const again = temporaryFolder();
    writePlainTemplate(again, bundles);
    expect(contents(again)).toEqual(contents(folder));
  });
});
