import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App, CfnParameter, DefaultStackSynthesizer, type IStackSynthesizer, Stack } from "aws-cdk-lib";
import { Code } from "aws-cdk-lib/aws-lambda";
import { Bucket, type IBucket } from "aws-cdk-lib/aws-s3";
import type { Construct } from "constructs";
import { toolVersion } from "../core/tool-version.ts";
import { deployedStackName } from "./app.ts";
import { zip } from "./bundling/zip.ts";
import { type FunctionName, functionNames } from "./functions/function-names.ts";
import { LambdaTunerStack } from "./stack.ts";

/** File name of the template in its folder. */
export const plainTemplateFile = "lambda-tuner.template.json";

/**
 * Writes a template for people without CDK, and the archives of code that it refers to.
 *
 * They copy the folder `functions/` to a bucket of theirs, and give that bucket as a parameter.
 *
 * @param folder - Where both go.
 * @param bundles - Folder of the bundles, one sub-folder a function.
 */
export const writePlainTemplate = (folder: string, bundles: string): void => {
  const archives = writeArchives(join(folder, "functions"), bundles);
  const outdir = mkdtempSync(join(tmpdir(), "lambda-tuner-template-"));
  const app = new App({
    outdir,
    analyticsReporting: false,
    treeMetadata: false,
    builtinCloudFormationValidation: false,
  });
  const stack = new LambdaTunerStack(app, deployedStackName, {
    code: (name, scope) => codeInBucket(Stack.of(scope), archives[name]),
    synthesizer: withoutBootstrap(),
  });
  const { template } = app.synth().getStackArtifact(stack.artifactId) as { readonly template: unknown };
  writeFileSync(join(folder, plainTemplateFile), `${JSON.stringify(template, undefined, 1)}\n`);
  rmSync(outdir, { recursive: true });
};

/** Neither the CDK's bucket nor its check for it: the account may never have heard of the CDK. */
const withoutBootstrap = (): IStackSynthesizer =>
  new DefaultStackSynthesizer({ generateBootstrapVersionRule: false }) as IStackSynthesizer;

/** Archives named for their content: a changed function has a new key, which is what makes CloudFormation update it. */
const writeArchives = (folder: string, bundles: string): Record<FunctionName, string> => {
  mkdirSync(folder, { recursive: true });
  const names = functionNames.map((name) => {
    const archive = zip([{ path: "index.mjs", bytes: readFileSync(join(bundles, name, "index.mjs")) }]);
    const file = `${name}-${createHash("sha256").update(archive).digest("hex").slice(0, 16)}.zip`;
    writeFileSync(join(folder, file), archive);
    return [name, file] as const;
  });
  return Object.fromEntries(names) as Record<FunctionName, string>;
};

const codeInBucket = (stack: Stack, file: string): Code => {
  const bucket = codeParameter(stack, "CodeBucketName", {
    description: "Bucket in this region that holds the code: the folder functions/ that came with this template.",
  });
  const prefix = codeParameter(stack, "CodePrefix", {
    default: `lambda-tuner/${toolVersion}/`,
    description: "Where in the bucket the code is: a prefix that ends with a slash, or nothing.",
  });
  const source = stack.node.tryFindChild("Code") ?? Bucket.fromBucketName(stack, "Code", bucket.valueAsString);
  return Code.fromBucket(source as IBucket, `${prefix.valueAsString}${file}`);
};

const codeParameter = (
  scope: Construct,
  id: string,
  props: { readonly description: string; readonly default?: string },
): CfnParameter => (scope.node.tryFindChild(id) as CfnParameter | undefined) ?? new CfnParameter(scope, id, props);
