import type { CfnTable } from "aws-cdk-lib/aws-dynamodb";
import { describe, expect, it } from "vitest";
import { everySetting } from "./support/every-setting.ts";
import { newValidatedApp, parametrisedStack, stackWith } from "./support/synthesised.ts";

describe("the CDK's check of templates against CloudFormation's schemas", { timeout: 180_000 }, () => {
  it("finds nothing in the construct with every setting, nor in the stack with parameters", () => {
    const app = newValidatedApp();
    stackWith(everySetting, app);
    parametrisedStack(app);
    expect(() => app.synth()).not.toThrow();
  });

  it("would find a value that is none", () => {
    const app = newValidatedApp();
    const { tuner } = stackWith({ functions: ["target"] }, app);
    const resource = tuner.lockTable.node.defaultChild as CfnTable;
    resource.billingMode = "FREE";
    expect(() => app.synth()).toThrow(/BillingMode|FREE/);
  });
});
