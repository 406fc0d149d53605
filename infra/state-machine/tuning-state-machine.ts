import { RemovalPolicy } from "aws-cdk-lib";
import { Role } from "aws-cdk-lib/aws-iam";
import { LogGroup, RetentionDays } from "aws-cdk-lib/aws-logs";
import { DefinitionBody, LogLevel, StateMachine } from "aws-cdk-lib/aws-stepfunctions";
import { Construct } from "constructs";
import type { LambdaTunerProps } from "../lambda-tuner-props.ts";
import { encryptionPermissions } from "../permissions/encryption.ts";
import { type PermissionResources, resourcesOf } from "../permissions/permission-resources.ts";
import { RolePermissions } from "../permissions/role-permissions.ts";
import { servicePrincipal } from "../permissions/service-principal.ts";
import { stateMachinePermissions } from "../permissions/state-machine.ts";

/** What the state machine is made from. */
export interface TuningStateMachineProps {
  readonly tuner: LambdaTunerProps;
  readonly resources: PermissionResources;
  /** The definition, with its placeholders. */
  readonly definition: string;
  /** What the placeholders stand for. */
  readonly substitutions: Readonly<Record<string, string>>;
  readonly installationName: string;
}

/**
 * Name of the state machine of an installation.
 *
 * Known before the state machine is made: the function that reads the histories of its executions, and of no others, is
 * part of its definition.
 */
export const stateMachineName = (installationName: string): string => `lambda-tuner-${installationName}`;

/** The state machine of `statemachine/tuning.asl.json`, with a role and a log group of its own. */
export class TuningStateMachine extends Construct {
  readonly stateMachine: StateMachine;
  readonly role: Role;
  readonly permissions: RolePermissions;
  readonly logGroup: LogGroup;

  constructor(scope: Construct, id: string, props: TuningStateMachineProps) {
    super(scope, id);
    const { tuner } = props;
    this.logGroup = new LogGroup(this, "Log", {
      // Under this prefix the log's policy does not count towards the account's ten resource policies.
      logGroupName: `/aws/vendedlogs/states/lambda-tuner-${props.installationName}`,
      retention: tuner.logRetention ?? RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.DESTROY,
      ...(tuner.encryptionKey === undefined ? {} : { encryptionKey: tuner.encryptionKey }),
    });
    this.role = new Role(this, "Role", {
      assumedBy: servicePrincipal(this, "states.amazonaws.com", "states", "stateMachine:*"),
      description: "What the state machine of lambda-tuner may do",
      ...(tuner.permissionsBoundary === undefined ? {} : { permissionsBoundary: tuner.permissionsBoundary }),
    });
    this.permissions = new RolePermissions(
      this.role,
      [...stateMachinePermissions, ...encryptionPermissions["state-machine"]],
      { ...props.resources, "own-log-group": resourcesOf(this.logGroup.logGroupArn) },
    );
    this.stateMachine = new StateMachine(this, "StateMachine", {
      stateMachineName: stateMachineName(props.installationName),
      // From the text, not from an asset: the template alone says what runs.
      definitionBody: DefinitionBody.fromString(props.definition),
      definitionSubstitutions: { ...props.substitutions },
      role: this.role.withoutPolicyUpdates(),
      tracingEnabled: true,
      // Payloads belong to the user, and stay out of the log.
      logs: { destination: this.logGroup, level: LogLevel.ALL, includeExecutionData: false },
    });
    // Step Functions checks at creation that the role may deliver the log.
    this.stateMachine.node.addDependency(this.permissions);
  }
}
