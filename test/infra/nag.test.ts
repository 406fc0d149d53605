import { Validations } from "aws-cdk-lib";
import { PolicyStatement } from "aws-cdk-lib/aws-iam";
import { AwsSolutionsChecks } from "cdk-nag";
import type { IConstruct } from "constructs";
import { describe, expect, it } from "vitest";
import { everySetting } from "./support/every-setting.ts";
import { newApp, parametrisedStack, stackWith } from "./support/synthesised.ts";

/** Rules of AwsSolutions that a tree breaks without saying why. */
const violations = (root: IConstruct): readonly string[] =>
  new AwsSolutionsChecks(root)
    .validateScope(root)
    .violations.flatMap(({ ruleName, violatingResources }) =>
      violatingResources.map(({ constructPath }) => `${ruleName} ${constructPath}`),
    );

/** Reasons of the acknowledgements in a tree. */
const reasons = (root: IConstruct): readonly string[] =>
  root.node
    .findAll()
    .flatMap(({ node }) => node.metadata)
    .filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY)
    .flatMap(({ data }) => Object.values(data as Readonly<Record<string, string>>));

describe("the AwsSolutions rules", { timeout: 60_000 }, () => {
  it.each([
    ["the construct with nothing but its functions", () => stackWith({ functions: ["target"] }).app],
    ["the construct with every setting", () => stackWith(everySetting).app],
    ["the stack with parameters", () => parametrisedStack(newApp()).node.root],
  ])("hold for %s, and every exception is reasoned in a sentence", (_what, synthesise) => {
    const root = synthesise();
    expect(violations(root)).toEqual([]);
    expect(reasons(root).filter((reason) => !/^[A-Z].{30,}\.$/.test(reason))).toEqual([]);
  });

  it("are broken by a wildcard that nobody gave a reason for", () => {
    const { app, tuner } = stackWith({ functions: ["target"] });
    const statement = new PolicyStatement({
      actions: ["lambda:GetFunction"],
      resources: ["arn:aws:lambda:*:*:function:*"],
    });
    tuner.functions.of("plan").role.addToPrincipalPolicy(statement);
    expect(violations(app)).toHaveLength(1);
  });
});
