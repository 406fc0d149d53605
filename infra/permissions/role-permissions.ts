import { Aws, Fn, Lazy } from "aws-cdk-lib";
import { CfnPolicy, Effect, PolicyStatement, type Role } from "aws-cdk-lib/aws-iam";
import { Construct } from "constructs";
import { acknowledgeWildcards } from "./acknowledge-wildcards.ts";
import type { Permission } from "./permission.ts";
import type { PermissionResources, ResourceGroup } from "./permission-resources.ts";

/** Where the template keeps the reasons: metadata of each policy, by statement id. */
export const reasonsMetadataKey = "lambda-tuner:why";

interface GrantedStatement {
  readonly sid: string;
  readonly permission: Permission;
  readonly group: ResourceGroup;
}

/**
 * All that a role may do: one inline policy, in which every statement has a name and a reason.
 *
 * Statements of parameters that are not given fall out of it at deployment.
 */
export class RolePermissions extends Construct {
  private readonly granted: GrantedStatement[] = [];

  constructor(role: Role, permissions: readonly Permission[], resources: PermissionResources) {
    super(role, "Permissions");
    this.grant(permissions, resources);
    const policy = new CfnPolicy(this, "Resource", {
      policyName: "Permissions",
      roles: [role.roleName],
      policyDocument: Lazy.any({
        produce: () => ({ Version: "2012-10-17", Statement: this.granted.map(statementOf) }),
      }),
    });
    policy.addMetadata(reasonsMetadataKey, Lazy.any({ produce: () => this.reasons() }));
  }

  /** Grants more. A scope without resources grants nothing. */
  grant(permissions: readonly Permission[], resources: PermissionResources): void {
    for (const permission of permissions) {
      for (const group of resources[permission.on] ?? []) {
        this.granted.push({ sid: `${permission.sid}${group.suffix}`, permission, group });
        // A wildcard is granted for a reason, and that is the reason to accept it.
        acknowledgeWildcards(this, group.arns, permission.why);
      }
    }
  }

  private reasons(): Record<string, string> {
    return Object.fromEntries(this.granted.map(({ sid, permission }) => [sid, permission.why]));
  }
}

const statementOf = ({ sid, permission, group }: GrantedStatement): unknown => {
  const conditions = { ...permission.conditions, ...group.conditions };
  const statement: unknown = new PolicyStatement({
    sid,
    effect: Effect.ALLOW,
    actions: [...permission.actions],
    resources: [...group.arns],
    ...(Object.keys(conditions).length === 0 ? {} : { conditions }),
  }).toStatementJson();
  const { cfnCondition } = group;
  return cfnCondition === undefined ? statement : Fn.conditionIf(cfnCondition.logicalId, statement, Aws.NO_VALUE);
};
