import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { App } from "aws-cdk-lib";
import type { FunctionCode } from "./functions/function-code.ts";
import { LambdaTunerStack } from "./stack.ts";

/** Name of the stack that `lambda-tuner deploy` deploys. */
export const deployedStackName = "LambdaTuner";

/**
 * The app behind `lambda-tuner deploy`: one stack, in no particular account or region.
 *
 * @param outdir - Where the cloud assembly goes.
 */
export const createApp = (
  outdir: string,
  code?: FunctionCode,
): { readonly app: App; readonly stack: LambdaTunerStack } => {
  const app = new App({
    outdir,
    analyticsReporting: false,
    treeMetadata: false,
    stackTraces: false,
    // The tests check the template; here it would only take time.
    builtinCloudFormationValidation: false,
    context: { "aws:cdk:enable-path-metadata": false },
  });
  const stack = new LambdaTunerStack(app, deployedStackName, code === undefined ? {} : { code });
  return { app, stack };
};

/**
 * Writes a cloud assembly that travels: `cdk deploy --app <outdir>` deploys it from any machine.
 *
 * The same sources give the same bytes, and nothing in them names the machine that they were made on.
 */
export const writeAssembly = (outdir: string, code: FunctionCode): void => {
  rmSync(outdir, { recursive: true, force: true });
  const { app, stack } = createApp(outdir, code);
  app.synth();
  rmSync(join(outdir, "validation-report.json"), { force: true });
  withoutTraces(join(outdir, `${stack.artifactId}.metadata.json`));
};

/** The CDK notes where in the sources each construct and each acknowledgement was made. */
const withoutTraces = (file: string): void => {
  const kept = JSON.stringify(JSON.parse(readFileSync(file, "utf8"), withoutTrace), undefined, 1);
  writeFileSync(file, `${kept}\n`);
};

const withoutTrace = (key: string, value: unknown): unknown => {
  if (key === "trace") return undefined;
  return Array.isArray(value) ? value.filter((entry) => !isCreationStack(entry)) : value;
};

const isCreationStack = (entry: unknown): boolean =>
  typeof entry === "object" && entry !== null && "type" in entry && entry.type === "aws:cdk:creationStack";
