import { readFileSync } from "node:fs";
import aslValidator from "asl-validator";
import { beforeAll, describe, expect, it } from "vitest";
import { functionNames } from "../../infra/functions/function-names.ts";
import { policiesOf, resourcesOf } from "./support/policies.ts";
import { resolveTemplate, type Template, type TemplateResource } from "./support/resolve-template.ts";
import { ofType, onTheEngine, parametrisedTemplate } from "./support/synthesised.ts";

let template: Template;
beforeAll(() => {
  template = parametrisedTemplate();
}, 60_000);

const arn = (name: string): string => `arn:aws:lambda:us-east-1:123456789012:function:${name}`;
const least = { TunableFunctionArns: arn("target") };

const deployed = (parameters: Readonly<Record<string, string>> = {}): Readonly<Record<string, TemplateResource>> =>
  resolveTemplate(template, { ...onTheEngine, parameters: { ...least, ...parameters } });

const propertiesOf = (
  resources: Readonly<Record<string, TemplateResource>>,
  type: string,
): readonly Readonly<Record<string, unknown>>[] =>
  ofType(resources, type).map(([, { Properties: properties }]) => properties);

describe("the stack whose settings are parameters", () => {
  it("resolves without a token left in it", () => {
    const text = JSON.stringify(deployed());
    expect(text).not.toContain("${Token[");
    expect(text).not.toContain('"Ref"');
  });

  it("defines a state machine that is valid once its placeholders are filled in", () => {
    const [machine] = propertiesOf(deployed(), "AWS::StepFunctions::StateMachine");
    const substitutions = machine?.["DefinitionSubstitutions"] as Readonly<Record<string, string>>;
    const definition = String(machine?.["DefinitionString"]).replaceAll(
      /\$\{(\w+)\}/g,
      (placeholder, name: string) => substitutions[name] ?? placeholder,
    );
    expect(definition).not.toContain("${");
    const { isValid, errorsText } = aslValidator(JSON.parse(definition));
    expect(isValid ? "valid" : errorsText()).toBe("valid");
    expect(definition).toContain(arn("lambda-tuner-plan"));
  });

  it("runs the very definition that the embedded engine runs", () => {
    const [machine] = propertiesOf(deployed(), "AWS::StepFunctions::StateMachine");
    const file: unknown = JSON.parse(readFileSync("statemachine/tuning.asl.json", "utf8"));
    expect(JSON.parse(String(machine?.["DefinitionString"]))).toEqual(file);
  });

  it("stays within what CloudFormation takes: 1 MB a template, 10,240 characters a role", () => {
    expect(Buffer.byteLength(JSON.stringify(template))).toBeLessThan(1_000_000);
    for (const { PolicyDocument: document } of propertiesOf(deployed(), "AWS::IAM::Policy")) {
      expect(JSON.stringify(document).length).toBeLessThan(10_240);
    }
  });

  it("asserts that something may be tuned, and has no default for it", () => {
    expect(template.Parameters?.["TunableFunctionArns"]).toMatchObject({ Default: "" });
    expect(template.Parameters?.["TunableTagValue"]).toMatchObject({ Default: "" });
    expect(JSON.stringify(template.Rules?.["SomethingMayBeTuned"])).toContain("nothing may be tuned by default");
  });
});

describe("the parameter TunableFunctionArns", () => {
  const pattern = (): RegExp => {
    const parameter = template.Parameters?.["TunableFunctionArns"] as { readonly AllowedPattern: string } | undefined;
    return new RegExp(parameter?.AllowedPattern ?? "(?!)");
  };

  it.each([arn("target"), `${arn("target")},${arn("api-*")}`, ""])("may be %j", (value) => {
    expect(pattern().test(value)).toBe(true);
  });

  it.each(["*", "target", `${arn("a")}, ${arn("b")}`, arn("a:1"), "arn:aws:lambda:*:*:function:a", `${arn("a")},`])(
    "may not be %j",
    (value) => {
      expect(pattern().test(value)).toBe(false);
    },
  );

  it("grants each of its functions, and their versions", () => {
    const policies = policiesOf(template, {
      ...onTheEngine,
      parameters: { TunableFunctionArns: `${arn("target")},${arn("api-*")}` },
    });
    const resourcesBySid = Object.fromEntries(
      [...(policies.get("provision") ?? []), ...(policies.get("measure") ?? [])].map((each) => [
        each.Sid,
        resourcesOf(each),
      ]),
    );
    expect(resourcesBySid).toMatchObject({
      SetMemory: [arn("target"), arn("api-*")],
      InvokeVersions: [arn("target:*"), arn("api-*:*")],
      ReadTarget: [arn("target"), arn("api-*"), arn("target:*"), arn("api-*:*")],
    });
  });

  it("grants nothing by tag unless TunableTagValue is given", () => {
    expect(JSON.stringify(deployed())).not.toContain("ResourceTag");
    expect(JSON.stringify(deployed({ TunableTagValue: "yes" }))).toContain('"aws:ResourceTag/lambda-tuner":"yes"');
  });
});

describe("the optional parameters", () => {
  it("leave out what they are not given for", () => {
    const text = JSON.stringify(Object.values(deployed()).map(({ Properties: properties }) => properties));
    const optional = ["VpcConfig", "PermissionsBoundary", "KmsKeyId", "kms:Decrypt", "ec2:", "InvokeProcessors"];
    expect(optional.filter((each) => text.includes(each))).toEqual([]);
    for (const alarm of propertiesOf(deployed(), "AWS::CloudWatch::Alarm")) {
      expect(alarm).toMatchObject({ AlarmActions: [], OKActions: [] });
    }
  });

  it("put the functions into a VPC", () => {
    const resources = deployed({ SubnetIds: "subnet-1,subnet-2", SecurityGroupIds: "sg-1" });
    for (const each of propertiesOf(resources, "AWS::Lambda::Function")) {
      expect(each["VpcConfig"]).toEqual({ SubnetIds: ["subnet-1", "subnet-2"], SecurityGroupIds: ["sg-1"] });
    }
    const policies = policiesOf(template, {
      ...onTheEngine,
      parameters: { ...least, SubnetIds: "subnet-1", SecurityGroupIds: "sg-1" },
    });
    for (const name of functionNames) {
      expect(policies.get(name)?.map(({ Sid: sid }) => sid)).toContain("AttachToVpc");
    }
  });

  it("encrypt with a key", () => {
    const key = "arn:aws:kms:us-east-1:123456789012:key/11111111-2222-3333-4444-555555555555";
    const resources = deployed({ KmsKeyArn: key });
    expect(propertiesOf(resources, "AWS::DynamoDB::Table")).toMatchObject([
      { SSESpecification: { KMSMasterKeyId: key } },
    ]);
    expect(propertiesOf(resources, "AWS::SQS::Queue")).toMatchObject([{ KmsMasterKeyId: key }]);
    expect(propertiesOf(resources, "AWS::SQS::Queue")[0]).not.toHaveProperty("SqsManagedSseEnabled");
    expect(JSON.stringify(propertiesOf(resources, "AWS::S3::Bucket"))).toContain(key);
    const policies = policiesOf(template, { ...onTheEngine, parameters: { ...least, KmsKeyArn: key } });
    for (const role of ["plan", "measure", "clean-up", "state-machine"]) {
      expect(policies.get(role)).toContainEqual(expect.objectContaining({ Sid: "UseKey", Resource: key }));
    }
    expect(policies.get("analyze")?.map(({ Sid: sid }) => sid)).not.toContain("UseKey");
  });

  it("put a boundary on every role, notify a topic and keep logs as long as they say", () => {
    const boundary = "arn:aws:iam::123456789012:policy/boundary";
    const topic = "arn:aws:sns:us-east-1:123456789012:alarms";
    const resources = deployed({ PermissionsBoundaryArn: boundary, AlarmTopicArn: topic, LogRetentionDays: "365" });
    for (const role of propertiesOf(resources, "AWS::IAM::Role")) expect(role["PermissionsBoundary"]).toBe(boundary);
    for (const alarm of propertiesOf(resources, "AWS::CloudWatch::Alarm")) {
      expect(alarm).toMatchObject({ AlarmActions: [topic], OKActions: [topic] });
    }
    for (const log of propertiesOf(resources, "AWS::Logs::LogGroup")) expect(log["RetentionInDays"]).toBe("365");
  });

  it("use a bucket that exists instead of making one", () => {
    const resources = deployed({ ReportBucketName: "my-reports" });
    expect(ofType(resources, "AWS::S3::Bucket")).toEqual([]);
    expect(ofType(resources, "AWS::S3::BucketPolicy")).toEqual([]);
    const store = policiesOf(template, { ...onTheEngine, parameters: { ...least, ReportBucketName: "my-reports" } })
      .get("state-machine")
      ?.find(({ Sid: sid }) => sid === "StoreReport");
    expect(store?.Resource).toBe("arn:aws:s3:::my-reports/reports/*");
  });

  it("name the installation wherever it is looked for", () => {
    const resources = deployed({ InstallationName: "staging" });
    expect(propertiesOf(resources, "AWS::SSM::Parameter")).toMatchObject([{ Name: "/lambda-tuner/staging" }]);
    expect(propertiesOf(resources, "AWS::CloudWatch::Dashboard")).toMatchObject([
      { DashboardName: "lambda-tuner-staging" },
    ]);
    expect(JSON.stringify(propertiesOf(resources, "AWS::CloudWatch::Alarm"))).toContain(
      '"Value":"lambda-tuner-staging"',
    );
    for (const each of propertiesOf(resources, "AWS::Lambda::Function")) {
      expect(each["Environment"]).toMatchObject({ Variables: { POWERTOOLS_SERVICE_NAME: "lambda-tuner-staging" } });
    }
  });
});
