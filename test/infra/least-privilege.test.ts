import { Duration } from "aws-cdk-lib";
import { Vpc } from "aws-cdk-lib/aws-ec2";
import { Key } from "aws-cdk-lib/aws-kms";
import { ScheduleExpression } from "aws-cdk-lib/aws-scheduler";
import { beforeAll, describe, expect, it } from "vitest";
import { encryptionCalls, keyArn, networkCalls, platformCalls, schedulerCalls } from "./support/platform-calls.ts";
import {
  actionsOf,
  type Call,
  isAllowed,
  keyOf,
  type Policies,
  policiesOf,
  type Statement,
} from "./support/policies.ts";
import { recordCalls } from "./support/recorded-calls.ts";
import { onTheEngine, parametrisedTemplate, stackWith, templateOf } from "./support/synthesised.ts";

const arn = (name: string): string => `arn:aws:lambda:us-east-1:123456789012:function:${name}`;

let recorded: readonly Call[] = [];

beforeAll(async () => {
  recorded = await recordCalls();
}, 120_000);

interface Deployment {
  readonly how: string;
  readonly policies: () => Policies;
  readonly tag?: true;
  /** What AWS does besides, for settings that this deployment has. */
  readonly more?: readonly Call[];
}

/** The same functions, allowed in each of the ways there are. */
const deployments: readonly Deployment[] = [
  {
    how: "the construct, by name",
    policies: () =>
      policiesOf(templateOf(stackWith({ functions: ["target"], processors: ["processor"] }).stack), onTheEngine),
  },
  {
    how: "the construct, with a key, a VPC and schedules",
    policies: () =>
      policiesOf(
        templateOf(
          stackWith((scope) => ({
            functions: ["target"],
            processors: ["processor"],
            encryptionKey: Key.fromKeyArn(scope, "Key", keyArn),
            vpc: Vpc.fromVpcAttributes(scope, "Vpc", {
              vpcId: "vpc-0123456789abcdef0",
              availabilityZones: ["us-east-1a"],
              privateSubnetIds: ["subnet-0123456789abcdef0"],
            }),
            schedules: [{ target: "target", cadence: ScheduleExpression.rate(Duration.days(7)) }],
          })).stack,
        ),
        onTheEngine,
      ),
    more: [...encryptionCalls, ...networkCalls, ...schedulerCalls],
  },
  {
    how: "the construct, by tag",
    policies: () =>
      policiesOf(
        templateOf(
          stackWith({ functions: [{ tagKey: "lambda-tuner", tagValue: "yes" }], processors: ["processor"] }).stack,
        ),
        onTheEngine,
      ),
    tag: true,
  },
  {
    how: "the template's parameters, by ARN",
    policies: () =>
      policiesOf(parametrisedTemplate(), {
        ...onTheEngine,
        parameters: {
          TunableFunctionArns: `${arn("unrelated-*")},${arn("target")}`,
          ProcessorFunctionArns: arn("processor"),
          KmsKeyArn: keyArn,
          SubnetIds: "subnet-1",
          SecurityGroupIds: "sg-1",
        },
      }),
    more: [...encryptionCalls, ...networkCalls],
  },
  {
    how: "the template's parameters, by tag",
    policies: () =>
      policiesOf(parametrisedTemplate(), {
        ...onTheEngine,
        parameters: { TunableTagValue: "yes", ProcessorFunctionArns: arn("processor") },
      }),
    tag: true,
  },
];

describe.each(deployments)("Allowed by $how", ({ policies: synthesise, tag, more = [] }) => {
  let policies: Policies = new Map();
  let calls: readonly Call[] = [];
  const tagsOf = ({ resource }: Call): Record<string, string> =>
    tag === true && resource.includes(":function:target") ? { "lambda-tuner": "yes" } : {};
  const statementsOf = ({ role }: Call): readonly Statement[] => policies.get(role) ?? [];

  beforeAll(() => {
    policies = synthesise();
    calls = [...recorded, ...platformCalls, ...more];
  });

  it("every call of the scenarios is allowed to the role that makes it", async () => {
    const denied = [];
    for (const call of calls) {
      if (!(await isAllowed(statementsOf(call), call, tagsOf(call)))) denied.push(keyOf(call));
    }
    expect(denied).toEqual([]);
  });

  it("the same calls on any other function are denied", async () => {
    const elsewhere = calls
      .filter(({ resource }) => /:function:(target|processor)/.test(resource))
      .map((call) => ({
        ...call,
        resource: call.resource.replace(/:function:(target|processor)/, ":function:target2"),
      }));
    expect(elsewhere.length).toBeGreaterThan(10);
    const allowed = [];
    for (const call of elsewhere) if (await isAllowed(statementsOf(call), call)) allowed.push(keyOf(call));
    expect(allowed).toEqual([]);
  });

  it("the function itself cannot be deleted, only versions of it", async () => {
    const deletion = { role: "clean-up", action: "lambda:DeleteFunction", resource: arn("target") };
    expect(await isAllowed(statementsOf(deletion), deletion, tagsOf(deletion))).toBe(false);
  });

  it("no action is granted that no scenario uses", () => {
    const unused = [...policies].flatMap(([role, statements]) =>
      statements
        .flatMap((statement) => actionsOf(statement))
        .filter((action) => !calls.some((call) => call.role === role && call.action === action))
        .map((action) => `${role} ${action}`),
    );
    expect(unused).toEqual([]);
  });

  it("without any one of its statements, or actions, a role can no longer do its work", async () => {
    const superfluous = [];
    for (const [role, statements] of policies) {
      for (const statement of statements) {
        for (const action of actionsOf(statement)) {
          const mutated = statements.map((each) => (each === statement ? without(each, action) : each));
          const affected = calls.filter((call) => call.role === role && call.action === action);
          const stillAllowed = await Promise.all(affected.map((call) => isAllowed(mutated, call, tagsOf(call))));
          if (stillAllowed.every(Boolean)) superfluous.push(`${role} ${statement.Sid} ${action}`);
        }
      }
    }
    expect(superfluous).toEqual([]);
  });

  it("nobody uses the key but through a service, nor the network but Lambda itself", async () => {
    const direct = calls
      .filter(isOfKeyOrNetwork)
      .map((call) => ({ ...call, context: { "lambda:SourceFunctionArn": arn("lambda-tuner-plan") } }));
    expect(direct).toHaveLength(more.filter(isOfKeyOrNetwork).length);
    const allowed = [];
    for (const call of direct) if (await isAllowed(statementsOf(call), call, tagsOf(call))) allowed.push(keyOf(call));
    expect(allowed).toEqual([]);
  });
});

/** The statement without one of its actions; an action that nothing uses, in place of the last one. */
const without = (statement: Statement, action: string): Statement => {
  const rest = actionsOf(statement).filter((each) => each !== action);
  return { ...statement, Action: rest.length === 0 ? ["sts:GetCallerIdentity"] : rest, Resource: statement.Resource };
};

const isOfKeyOrNetwork = ({ action }: Call): boolean => /^(kms|ec2):/.test(action);
