import { Duration, RemovalPolicy } from "aws-cdk-lib";
import { ManagedPolicy } from "aws-cdk-lib/aws-iam";
import { Key } from "aws-cdk-lib/aws-kms";
import { Alias, Code, Function as LambdaFunction, type IVersion, Runtime } from "aws-cdk-lib/aws-lambda";
import { Bucket } from "aws-cdk-lib/aws-s3";
import { ScheduleExpression } from "aws-cdk-lib/aws-scheduler";
import { Topic } from "aws-cdk-lib/aws-sns";
import { beforeAll, describe, expect, it } from "vitest";
import { tunerMetrics } from "../../core/run/tuner-metrics.ts";
import { bundledCodeIn } from "../../infra/functions/function-code.ts";
import { functionNames } from "../../infra/functions/function-names.ts";
import { readStateMachineDefinition } from "../../infra/state-machine/state-machine-definition.ts";
import { policiesOf, resourcesOf, type Statement } from "./support/policies.ts";
import { resolveTemplate, type TemplateResource } from "./support/resolve-template.ts";
import { ofType, onTheEngine, stackWith, templateOf } from "./support/synthesised.ts";

type Resources = Readonly<Record<string, TemplateResource>>;

const resourcesWith = (props: Parameters<typeof stackWith>[0]): Resources =>
  resolveTemplate(templateOf(stackWith(props).stack), onTheEngine);

const propertiesOf = (resources: Resources, type: string): readonly Readonly<Record<string, unknown>>[] =>
  ofType(resources, type).map(([, { Properties: properties }]) => properties);

const targetsOf = (props: Parameters<typeof stackWith>[0], sid = "SetMemory"): readonly string[] => {
  const statements = policiesOf(templateOf(stackWith(props).stack), onTheEngine).get("provision") ?? [];
  return statements.filter((statement) => statement.Sid.startsWith(sid)).flatMap(resourcesOf);
};

const arn = (name: string): string => `arn:aws:lambda:us-east-1:123456789012:function:${name}`;

describe("LambdaTuner, with nothing but its functions", () => {
  let resources: Resources = {};
  beforeAll(() => {
    resources = resourcesWith({ functions: ["target"] });
  }, 60_000);

  it("makes every function with a role, a log group, tracing, JSON logs and the time that its states give it", () => {
    const { timeoutSeconds } = readStateMachineDefinition();
    const functions = ofType(resources, "AWS::Lambda::Function");
    expect(functions).toHaveLength(functionNames.length);
    expect(
      new Set(
        functions.map(
          ([
            ,
            {
              Properties: { Role: role },
            },
          ]) => role,
        ),
      ).size,
    ).toBe(functions.length);
    for (const name of functionNames) {
      const found = functions.find(
        ([
          ,
          {
            Properties: { Description: text },
          },
        ]) => text === `lambda-tuner: ${name}`,
      );
      expect(found?.[1].Properties).toMatchObject({
        Timeout: timeoutSeconds[name],
        TracingConfig: { Mode: "Active" },
        LoggingConfig: { LogFormat: "JSON", LogGroup: expect.any(String) },
        Runtime: "nodejs24.x",
        Architectures: ["arm64"],
      });
    }
  });

  it("creates a policy before the function that needs it", () => {
    for (const [, { DependsOn: dependencies }] of ofType(resources, "AWS::Lambda::Function")) {
      expect(dependencies).toContainEqual(expect.stringContaining("RolePermissions"));
    }
  });

  it("attaches no managed policy to any role", () => {
    for (const role of propertiesOf(resources, "AWS::IAM::Role")) {
      expect(role).not.toHaveProperty("ManagedPolicyArns");
      expect(role).not.toHaveProperty("Policies");
    }
  });

  it("lets the state machine's role be taken for state machines of the account and region alone", () => {
    const trust = propertiesOf(resources, "AWS::IAM::Role")
      .map((role) => role["AssumeRolePolicyDocument"])
      .find((document) => JSON.stringify(document).includes("states.amazonaws.com"));
    expect(trust).toMatchObject({
      Statement: [
        {
          Action: "sts:AssumeRole",
          Condition: {
            StringEquals: { "aws:SourceAccount": "123456789012" },
            ArnLike: { "aws:SourceArn": "arn:aws:states:us-east-1:123456789012:stateMachine:*" },
          },
        },
      ],
    });
  });

  it("lets EventBridge use queue and clean-up for its own two rules alone", () => {
    const rules = ofType(resources, "AWS::Events::Rule").map(
      ([id]) => `arn:aws:events:us-east-1:123456789012:rule/${id}`,
    );
    const sources = propertiesOf(resources, "AWS::Lambda::Permission").map(({ SourceArn: source }) => source);
    expect(sources).toEqual(rules);
    const statements = propertiesOf(resources, "AWS::SQS::QueuePolicy").flatMap(
      ({ PolicyDocument: document }) => (document as { readonly Statement: readonly Statement[] }).Statement,
    );
    const allowed = statements.filter(({ Effect: effect }) => effect === "Allow");
    expect(allowed).toMatchObject(rules.map((rule) => ({ Condition: { ArnEquals: { "aws:SourceArn": rule } } })));
    expect(statements).toContainEqual(
      expect.objectContaining({ Effect: "Deny", Condition: { Bool: { "aws:SecureTransport": "false" } } }),
    );
  });

  it("keeps every log for a month", () => {
    const retentions = propertiesOf(resources, "AWS::Logs::LogGroup").map(({ RetentionInDays: days }) => days);
    expect(retentions).toEqual(Array.from({ length: functionNames.length + 1 }, () => 30));
  });

  it("tells Plan the names of the other functions, and Provision and CleanUp the lock table", () => {
    const environments = Object.fromEntries(
      propertiesOf(resources, "AWS::Lambda::Function").map((each) => [each["Description"], each["Environment"]]),
    );
    expect(environments["lambda-tuner: plan"]).toMatchObject({
      Variables: {
        OWN_FUNCTION_NAMES: functionNames
          .filter((name) => name !== "plan")
          .map((name) => `lambda-tuner-${name}`)
          .join(","),
      },
    });
    for (const name of ["provision", "clean-up"]) {
      expect(environments[`lambda-tuner: ${name}`]).toMatchObject({
        Variables: { LOCK_TABLE_NAME: "lambda-tuner-locks" },
      });
    }
  });

  it("fills in every placeholder of the state machine, logs and traces it, and keeps payloads out of the log", () => {
    const [machine] = propertiesOf(resources, "AWS::StepFunctions::StateMachine");
    const { DefinitionString: definition, DefinitionSubstitutions: substitutions } = machine ?? {};
    const placeholders = new Set([...String(definition).matchAll(/\$\{(\w+)\}/g)].map((match) => match[1] ?? ""));
    expect(Object.keys(substitutions as object).sort()).toEqual([...placeholders].sort());
    expect(machine).toMatchObject({
      TracingConfiguration: { Enabled: true },
      LoggingConfiguration: { Level: "ALL", IncludeExecutionData: false },
    });
  });

  it("keeps locks in a table with a time to live, recoverable to any point in time", () => {
    expect(propertiesOf(resources, "AWS::DynamoDB::Table")).toEqual([
      expect.objectContaining({
        KeySchema: [{ AttributeName: "functionArn", KeyType: "HASH" }],
        TimeToLiveSpecification: { AttributeName: "forgetAt", Enabled: true },
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      }),
    ]);
  });

  it("makes a bucket for reports that is encrypted, versioned, private, over TLS, with a lifecycle, and outlives the stack", () => {
    const [[, bucket] = []] = ofType(resources, "AWS::S3::Bucket");
    expect(bucket).toMatchObject({
      DeletionPolicy: "Retain",
      Properties: {
        BucketEncryption: {
          ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: "AES256" } }],
        },
        VersioningConfiguration: { Status: "Enabled" },
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          BlockPublicPolicy: true,
          IgnorePublicAcls: true,
          RestrictPublicBuckets: true,
        },
        LifecycleConfiguration: {
          Rules: [expect.objectContaining({ NoncurrentVersionExpiration: { NoncurrentDays: 90 } })],
        },
      },
    });
    const [policy] = propertiesOf(resources, "AWS::S3::BucketPolicy");
    expect(JSON.stringify(policy)).toContain('"aws:SecureTransport":"false"');
  });

  it("cleans up after executions that ended badly and once a day, and keeps what could not be handled", () => {
    const rules = propertiesOf(resources, "AWS::Events::Rule");
    expect(rules).toMatchObject([
      {
        EventPattern: {
          source: ["aws.states"],
          "detail-type": ["Step Functions Execution Status Change"],
          detail: {
            status: ["ABORTED", "TIMED_OUT", "FAILED"],
            stateMachineArn: [expect.stringContaining(":stateMachine:")],
          },
        },
      },
      { ScheduleExpression: "rate(1 day)" },
    ]);
    for (const { Targets: targets } of rules) {
      expect(targets).toMatchObject([
        { Arn: arn("lambda-tuner-clean-up"), DeadLetterConfig: { Arn: expect.stringContaining(":sqs:") } },
      ]);
    }
    expect(propertiesOf(resources, "AWS::Lambda::EventInvokeConfig")).toMatchObject([
      { MaximumRetryAttempts: 2, DestinationConfig: { OnFailure: { Destination: expect.stringContaining(":sqs:") } } },
    ]);
  });

  it("watches failed runs, leftovers, failed clean-ups, spend, dead letters and throttles", () => {
    const alarms = ofType(resources, "AWS::CloudWatch::Alarm");
    const names = alarms.map(([id]) => /Alarms([A-Za-z]+)[0-9A-F]{8}$/.exec(id)?.[1] ?? id);
    expect(names.sort((a, b) => a.localeCompare(b))).toEqual([
      "DeadLetters",
      "FailedRuns",
      "Leftovers",
      "RestoreFailures",
      "Spend",
      "Throttles",
    ]);
    for (const [, { Properties: properties }] of alarms) {
      expect(properties).toMatchObject({
        TreatMissingData: "notBreaching",
        AlarmDescription: expect.stringMatching(/\.$/),
      });
    }
  });

  it("shows and watches no metric of its own that its functions do not publish", () => {
    const text = JSON.stringify(resources);
    const named = new Set(
      [...text.matchAll(/LambdaTuner\\?",\\?"(\w+)|"Namespace":"LambdaTuner"[^}]*?/g)].map((match) => match[1] ?? ""),
    );
    const published = new Set<string>(Object.values(tunerMetrics));
    expect([...named].filter((name) => name !== "" && !published.has(name))).toEqual([]);
    expect(named.size).toBeGreaterThan(3);
  });

  it("says where it is, in one parameter", () => {
    const [parameter] = propertiesOf(resources, "AWS::SSM::Parameter");
    expect(parameter?.["Name"]).toBe("/lambda-tuner/default");
    expect(JSON.parse(String(parameter?.["Value"]))).toEqual({
      version: expect.stringMatching(/^\d+\.\d+\.\d+/),
      stateMachineArn: expect.stringContaining(":stateMachine:"),
      reportBucketName: "lambda-tuner-reports",
      cleanUpFunctionArn: arn("lambda-tuner-clean-up"),
      lockTableName: expect.any(String),
    });
  });
});

describe("the functions that may be tuned", () => {
  it("are a function of the app, and none but it", () => {
    const targets = targetsOf((scope) => ({
      functions: [
        new LambdaFunction(scope, "Thumbnails", {
          runtime: Runtime.NODEJS_24_X,
          handler: "index.handler",
          code: Code.fromInline("x"),
        }),
      ],
    }));
    expect(targets).toEqual([expect.stringMatching(/:function:Thumbnails[0-9A-F]{8}$/)]);
  });

  it("are the function of an alias that is given", () => {
    const targets = targetsOf((scope) => {
      const thumbnails = new LambdaFunction(scope, "Thumbnails", {
        runtime: Runtime.NODEJS_24_X,
        handler: "index.handler",
        code: Code.fromInline("x"),
      });
      return {
        functions: [new Alias(scope, "Live", { aliasName: "live", version: thumbnails.currentVersion as IVersion })],
      };
    });
    expect(targets).toEqual([expect.stringMatching(/:function:Thumbnails[0-9A-F]{8}$/)]);
  });

  it("are those whose name fits a pattern", () => {
    expect(targetsOf({ functions: ["api-*", "thumbnails"] })).toEqual([arn("api-*"), arn("thumbnails")]);
  });

  it("are those with a tag, by a condition of their own statements", () => {
    const { stack } = stackWith({ functions: ["thumbnails", { tagKey: "tune", tagValue: "yes" }] });
    const statements = policiesOf(templateOf(stack), onTheEngine).get("provision") ?? [];
    expect(statements.filter(({ Sid: sid }) => sid.startsWith("SetMemory"))).toEqual([
      expect.objectContaining({ Sid: "SetMemory", Resource: arn("thumbnails") }),
      expect.objectContaining({
        Sid: "SetMemoryByTag",
        Resource: arn("*"),
        Condition: { StringEquals: { "aws:ResourceTag/tune": "yes" } },
      }),
    ]);
  });

  it("have to be named", () => {
    expect(() => stackWith({ functions: [] })).toThrow(/at least one function/);
  });

  it.each(["arn:aws:lambda:eu-west-1:123456789012:function:x", "a b", "", "x".repeat(65)])(
    "are not named %j",
    (name) => {
      expect(() => stackWith({ functions: [name] })).toThrow(/functions\[0\]: expected a function name/);
    },
  );
});

describe("the settings of LambdaTuner", () => {
  it("put the permissions boundary on every role", () => {
    const resources = resourcesWith((scope) => ({
      functions: ["target"],
      permissionsBoundary: ManagedPolicy.fromManagedPolicyName(scope, "Boundary", "boundary"),
      schedules: [{ target: "target", cadence: ScheduleExpression.rate(Duration.days(1)) }],
    }));
    const roles = propertiesOf(resources, "AWS::IAM::Role");
    expect(roles).toHaveLength(functionNames.length + 2);
    for (const role of roles) {
      expect(role["PermissionsBoundary"]).toBe("arn:aws:iam::123456789012:policy/boundary");
    }
  });

  it("encrypt table, bucket, logs and dead letters with the given key, and let the services use it", () => {
    const resources = resourcesWith((scope) => ({ functions: ["target"], encryptionKey: new Key(scope, "Key") }));
    const key = expect.stringContaining(":key/");
    expect(propertiesOf(resources, "AWS::DynamoDB::Table")).toMatchObject([
      { SSESpecification: { KMSMasterKeyId: key, SSEEnabled: true, SSEType: "KMS" } },
    ]);
    expect(JSON.stringify(propertiesOf(resources, "AWS::S3::Bucket"))).toContain(":key/");
    expect(propertiesOf(resources, "AWS::SQS::Queue")).toMatchObject([{ KmsMasterKeyId: key }]);
    for (const log of propertiesOf(resources, "AWS::Logs::LogGroup")) expect(log["KmsKeyId"]).toEqual(key);
    expect(JSON.stringify(propertiesOf(resources, "AWS::KMS::Key"))).toContain("logs.us-east-1.amazonaws.com");
  });

  it("send every alarm, and its end, to the topic", () => {
    const topicArn = "arn:aws:sns:us-east-1:123456789012:alarms";
    const resources = resourcesWith((scope) => ({
      functions: ["target"],
      alarmTopic: Topic.fromTopicArn(scope, "Topic", topicArn),
    }));
    for (const alarm of propertiesOf(resources, "AWS::CloudWatch::Alarm")) {
      expect(alarm).toMatchObject({ AlarmActions: [topicArn], OKActions: [topicArn] });
    }
  });

  it("use a bucket that is given, and make none", () => {
    const resources = resourcesWith((scope) => ({
      functions: ["target"],
      reportBucket: Bucket.fromBucketName(scope, "Mine", "my-reports"),
    }));
    expect(ofType(resources, "AWS::S3::Bucket")).toEqual([]);
    expect(propertiesOf(resources, "AWS::StepFunctions::StateMachine")).toMatchObject([
      { DefinitionSubstitutions: { ReportBucketName: "my-reports" } },
    ]);
  });

  it("use the own key of a bucket that is given, through S3 and for that bucket's work alone", () => {
    const bucketKey = "arn:aws:kms:us-east-1:123456789012:key/bucket";
    const { stack } = stackWith((scope) => ({
      functions: ["target"],
      reportBucket: Bucket.fromBucketAttributes(scope, "Mine", {
        bucketName: "my-reports",
        encryptionKey: Key.fromKeyArn(scope, "BucketKey", bucketKey),
      }),
    }));
    const granted = [...policiesOf(templateOf(stack), onTheEngine)].flatMap(([role, statements]) =>
      statements
        .filter((statement) => JSON.stringify(statement).includes("kms:"))
        .map(({ Action: action, Resource: resource, Condition: condition }) => ({ role, action, resource, condition })),
    );
    for (const { condition } of granted) {
      expect(JSON.stringify(condition)).toMatch(
        /^\{"StringEquals":\{"kms:ViaService":\[?"s3.us-east-1.amazonaws.com"\]?\}\}$/,
      );
    }
    expect(Object.fromEntries(granted.map(({ role, action }) => [role, action]))).toEqual({
      plan: "kms:Decrypt",
      measure: "kms:Decrypt",
      "state-machine": "kms:GenerateDataKey",
    });
    expect(new Set(granted.map(({ resource }) => resource))).toEqual(new Set([bucketKey]));
  });

  it("delete bucket and table with the stack, when that is wanted", () => {
    const resources = resourcesWith({ functions: ["target"], removalPolicy: RemovalPolicy.DESTROY });
    for (const type of ["AWS::S3::Bucket", "AWS::DynamoDB::Table"]) {
      expect(ofType(resources, type)).toMatchObject([[expect.any(String), { DeletionPolicy: "Delete" }]]);
    }
  });

  it("let the schedules' role be taken for schedules of the account's default group alone", () => {
    const resources = resourcesWith({
      functions: ["target"],
      schedules: [{ target: "target", cadence: ScheduleExpression.rate(Duration.days(1)) }],
    });
    const text = JSON.stringify(
      propertiesOf(resources, "AWS::IAM::Role").filter((role) =>
        JSON.stringify(role).includes("scheduler.amazonaws.com"),
      ),
    );
    expect(text).toContain('"aws:SourceArn":"arn:aws:scheduler:us-east-1:123456789012:schedule-group/default"');
    expect(text).toContain('"aws:SourceAccount":"123456789012"');
    expect(propertiesOf(resources, "AWS::Scheduler::Schedule")[0]).not.toHaveProperty("GroupName");
  });

  it("start scheduled runs with a whole request", () => {
    const resources = resourcesWith({
      functions: ["target"],
      schedules: [
        {
          target: "target",
          cadence: ScheduleExpression.cron({ weekDay: "MON", hour: "3", minute: "0" }),
          request: { objective: "speed", apply: { memory: true } },
        },
      ],
    });
    const [schedule] = propertiesOf(resources, "AWS::Scheduler::Schedule");
    expect(schedule).toMatchObject({
      ScheduleExpression: "cron(0 3 ? * MON *)",
      ScheduleExpressionTimezone: "Etc/UTC",
    });
    const target = schedule?.["Target"] as { readonly Input: string } | undefined;
    expect(JSON.parse(target?.Input ?? "")).toEqual({
      functionArn: "target",
      objective: "speed",
      apply: { memory: true },
    });
  });

  it("refuse a scheduled request that is not one, when the app is synthesised", () => {
    const cadence = ScheduleExpression.rate(Duration.days(1));
    expect(() =>
      stackWith({ functions: ["target"], schedules: [{ target: "target", cadence, request: { lookbackDays: 0 } }] }),
    ).toThrow(/lookbackDays/);
  });

  it("refuse a bundle that was never made, and say how to make it", () => {
    expect(() => stackWith({ functions: ["target"], code: bundledCodeIn("/nowhere") })).toThrow(/npm run build/);
  });
});
