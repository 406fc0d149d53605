import { runSimulation } from "@cloud-copilot/iam-simulate";
import { functionNames, pascalCase } from "../../../infra/functions/function-names.ts";
import { type Deployment, resolveTemplate, type Template } from "./resolve-template.ts";
import { ofType } from "./synthesised.ts";

export interface Statement {
  readonly Sid: string;
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

/** The statements of each role, by the name under which the engine's records know its calls. */
export type Policies = ReadonlyMap<string, readonly Statement[]>;

export const policiesOf = (template: Template, deployment: Deployment): Policies => {
  const policies = new Map<string, readonly Statement[]>();
  for (const [id, { Properties: properties }] of ofType(resolveTemplate(template, deployment), "AWS::IAM::Policy")) {
    const { Statement: statements } = properties["PolicyDocument"] as { readonly Statement: readonly Statement[] };
    policies.set(roleNameOf(id), statements);
  }
  return policies;
};

const roleNameOf = (policyId: string): string => {
  const name = functionNames.find((each) => policyId.includes(`Functions${pascalCase(each)}Role`));
  if (name !== undefined) return name;
  if (policyId.includes("SchedulesRole")) return "scheduler";
  return policyId.includes("MachineRole") ? "state-machine" : policyId;
};

/** One kind of call: an action on a resource, by the holder of a role. */
export interface Call {
  readonly role: string;
  readonly action: string;
  readonly resource: string;
  /** Keys that IAM knows of the call. */
  readonly context?: Readonly<Record<string, string>>;
}

export const keyOf = ({ role, action, resource, context = {} }: Call): string =>
  [role, action, resource, ...Object.entries(context).map((each) => each.join("="))].join(" ");

/** Whether IAM would allow a call under these statements. */
export const isAllowed = async (
  statements: readonly Statement[],
  { role, action, resource, context = {} }: Call,
  tags: Readonly<Record<string, string>> = {},
): Promise<boolean> => {
  const accountId = "123456789012";
  const answer = await runSimulation(
    {
      request: {
        principal: `arn:aws:sts::${accountId}:assumed-role/${role}/session`,
        action,
        resource: { resource, accountId },
        contextVariables: {
          ...context,
          ...Object.fromEntries(Object.entries(tags).map(([key, value]) => [`aws:ResourceTag/${key}`, value])),
        },
      },
      identityPolicies: [{ name: role, policy: { Version: "2012-10-17", Statement: statements } }],
      ...(action.startsWith("kms:") ? { resourcePolicy: keyPolicyOf(accountId) } : {}),
      serviceControlPolicies: [],
      resourceControlPolicies: [],
    },
    {},
  );
  if (answer.resultType === "error") throw new TypeError(JSON.stringify(answer.errors));
  return answer.overallResult === "Allowed";
};

/** As every key has it: who may use it is for the policies of the account's principals to say. */
const keyPolicyOf = (accountId: string) => ({
  Version: "2012-10-17",
  Statement: [
    { Effect: "Allow", Principal: { AWS: `arn:aws:iam::${accountId}:root` }, Action: "kms:*", Resource: "*" },
  ],
});

export const actionsOf = ({ Action: action }: Statement): readonly string[] =>
  typeof action === "string" ? [action] : action;

export const resourcesOf = ({ Resource: resource }: Statement): readonly string[] =>
  typeof resource === "string" ? [resource] : resource;
