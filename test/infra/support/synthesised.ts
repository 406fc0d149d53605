import { App, Stack } from "aws-cdk-lib";
import { Template as Assertions } from "aws-cdk-lib/assertions";
import { Code } from "aws-cdk-lib/aws-lambda";
import type { Construct } from "constructs";
import { functionNames, pascalCase } from "../../../infra/functions/function-names.ts";
import { LambdaTuner } from "../../../infra/lambda-tuner.ts";
import type { LambdaTunerProps } from "../../../infra/lambda-tuner-props.ts";
import { LambdaTunerStack } from "../../../infra/stack.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";
import type { Deployment, Template, TemplateResource } from "./resolve-template.ts";

/** Code that takes no time to bundle. */
const noCode = (): Code => Code.fromInline("exports.handler = async () => {};");

export const newApp = (): App =>
  new App({
    outdir: temporaryFolder(),
    analyticsReporting: false,
    stackTraces: false,
    // It takes longer than all else together: template-validation.test.ts is where it runs.
    builtinCloudFormationValidation: false,
  });

/** An app that refuses a template in which the CDK's own check finds anything. */
export const newValidatedApp = (): App =>
  new App({
    outdir: temporaryFolder(),
    analyticsReporting: false,
    stackTraces: false,
    context: { "@aws-cdk/core:validateAgainstDefaultRules": true },
  });

/** A stack with a tuner in it, and what else a test puts there. */
export const stackWith = (
  props: LambdaTunerProps | ((scope: Construct) => LambdaTunerProps),
  app: App = newApp(),
): { readonly app: App; readonly stack: Stack; readonly tuner: LambdaTuner } => {
  const stack = new Stack(app, "Test");
  const given = typeof props === "function" ? props(stack) : props;
  const tuner = new LambdaTuner(stack, "Tuner", { code: noCode, ...given });
  return { app, stack, tuner };
};

export const templateOf = (stack: Stack): Template => Assertions.fromStack(stack).toJSON() as unknown as Template;

/** The template whose settings are parameters. */
export const parametrisedTemplate = (): Template => templateOf(parametrisedStack(newApp()));

/** The stack whose settings are parameters. */
export const parametrisedStack = (app: App): LambdaTunerStack =>
  new LambdaTunerStack(app, "LambdaTuner", { code: noCode });

/** Names the resources as the embedded engine names its own, so that its calls can be held against the policies. */
export const namedAsOnTheEngine = (id: string, { Type: type }: TemplateResource): string => {
  switch (type) {
    case "AWS::DynamoDB::Table":
      return "lambda-tuner-locks";
    case "AWS::S3::Bucket":
      return "lambda-tuner-reports";
    case "AWS::SQS::Queue":
      return "lambda-tuner-dead-letters";
    case "AWS::StepFunctions::StateMachine":
      return "lambda-tuner";
    case "AWS::Logs::LogGroup":
      return `lambda-tuner-${ownerOf(id, "Log") ?? "state-machine"}`;
    case "AWS::Lambda::Function": {
      const name = ownerOf(id, "Function");
      return name === undefined ? id : `lambda-tuner-${name}`;
    }
    default:
      return id;
  }
};

const ownerOf = (id: string, what: "Function" | "Log"): string | undefined =>
  functionNames.find((each) => id.includes(`Functions${pascalCase(each)}${what}`));

export const onTheEngine: Deployment = { nameOf: namedAsOnTheEngine };

/** Resources of one type, by logical id. */
export const ofType = <Resource extends TemplateResource>(
  resources: Readonly<Record<string, Resource>>,
  type: string,
): readonly [string, Resource][] => Object.entries(resources).filter(([, resource]) => resource.Type === type);
