import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App, Stack } from "aws-cdk-lib";
import { Code } from "aws-cdk-lib/aws-lambda";
import { LambdaTuner } from "../../infra/lambda-tuner.ts";
import type { LambdaTunerProps } from "../../infra/lambda-tuner-props.ts";
import { reasonsMetadataKey } from "../../infra/permissions/role-permissions.ts";

/** One statement of a synthesised policy, its values as text. */
export interface GrantedRow {
  readonly sid: string;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  /** Each as `key is value or value`. */
  readonly conditions: readonly string[];
  readonly why: string;
}

/** A role of the synthesised template, by the construct that it belongs to. */
export interface SynthesisedRole {
  readonly id: string;
  /** The service that takes the role. */
  readonly assumedBy: string;
  /** What must hold when it does. */
  readonly assumedWhen: readonly string[];
  readonly rows: readonly GrantedRow[];
}

/** What a statement's settings are, in the app of a user. */
export type Settings = (stack: Stack) => LambdaTunerProps;

/** Synthesises a tuner and reads its roles back from the template. */
export const synthesisedRoles = (settings: Settings): readonly SynthesisedRole[] => {
  const outdir = mkdtempSync(join(tmpdir(), "lambda-tuner-permissions-"));
  const app = new App({
    outdir,
    analyticsReporting: false,
    treeMetadata: false,
    builtinCloudFormationValidation: false,
  });
  const stack = new Stack(app, "Stack");
  const tuner = new LambdaTuner(stack, "Tuner", {
    code: () => Code.fromInline("exports.handler = async () => {};"),
    ...settings(stack),
  });
  const { template } = app.synth().getStackArtifact(stack.artifactId) as { readonly template: Template };
  rmSync(outdir, { recursive: true });
  return rolesOf(template, tuner.node.id);
};

interface Resource {
  readonly Type: string;
  readonly Properties: Readonly<Record<string, unknown>>;
  readonly Metadata?: Readonly<Record<string, unknown>>;
}

interface Template {
  readonly Resources: Readonly<Record<string, Resource>>;
}

const rolesOf = ({ Resources: resources }: Template, tunerId: string): readonly SynthesisedRole[] =>
  Object.entries(resources).flatMap(([roleId, role]) => {
    if (role.Type !== "AWS::IAM::Role" || !roleId.startsWith(tunerId)) return [];
    const rows = Object.values(resources).flatMap((resource) => (isPolicyOf(resource, roleId) ? rowsOf(resource) : []));
    const { AssumeRolePolicyDocument: trust } = role.Properties;
    const [{ Principal: principal, Condition: condition } = {}] = (trust as TrustPolicy).Statement;
    return [{ id: roleId, assumedBy: principal?.Service ?? "", assumedWhen: conditionsOf(condition), rows }];
  });

const isPolicyOf = ({ Type: type, Properties: properties }: Resource, roleId: string): boolean =>
  type === "AWS::IAM::Policy" && JSON.stringify(properties["Roles"]) === JSON.stringify([{ Ref: roleId }]);

const rowsOf = ({ Properties: properties, Metadata: metadata }: Resource): readonly GrantedRow[] => {
  const reasons = (metadata?.[reasonsMetadataKey] ?? {}) as Readonly<Record<string, string>>;
  const { Statement: statements } = properties["PolicyDocument"] as { readonly Statement: readonly Statement[] };
  return statements.map(({ Sid: sid, Action: action, Resource: resource, Condition: condition }) => ({
    sid,
    actions: listOf(action).map(String),
    resources: listOf(resource).map(text),
    conditions: conditionsOf(condition),
    why: reasons[sid] ?? "",
  }));
};

interface Statement {
  readonly Sid: string;
  readonly Action: unknown;
  readonly Resource: unknown;
  readonly Condition?: Conditions;
}

interface TrustPolicy {
  readonly Statement: readonly {
    readonly Principal?: { readonly Service: string };
    readonly Condition?: Conditions;
  }[];
}

type Conditions = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

const conditionsOf = (conditions: Conditions = {}): readonly string[] =>
  Object.entries(conditions).flatMap(([operator, tests]) =>
    Object.entries(tests).map(([key, value]) =>
      operator === "Null"
        ? `${key} is ${value === "true" ? "absent" : "present"}`
        : `${key} is ${listOf(value).map(text).join(" or ")}`,
    ),
  );

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value]);

/** A value of the template as a person reads it. */
const text = (value: unknown): string => {
  if (typeof value !== "object" || value === null) return String(value);
  if ("Ref" in value) return `<${shortName(String(value.Ref))}>`;
  if ("Fn::GetAtt" in value) return `<${shortName(String(listOf(value["Fn::GetAtt"])[0]))}>`;
  if ("Fn::Join" in value) return listOf(listOf(value["Fn::Join"])[1]).map(text).join("");
  throw new TypeError(`Expected a reference or a text, got ${JSON.stringify(value)}.`);
};

/** `TunerFunctionsPlanLogBB24DB5B` is the plan function's log; `AWS::Region` is a region. */
const shortName = (id: string): string =>
  id
    .replace(/^AWS::/, "")
    .replace(/^Tuner/, "")
    .replace(/^Functions/, "")
    .replace(/[0-9A-F]{8}$/, "")
    .replaceAll(/([a-z])([A-Z])/g, "$1 $2")
    .toLowerCase();
