import { Duration, RemovalPolicy } from "aws-cdk-lib";
import { Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { Architecture, Function as LambdaFunction, LoggingFormat, Runtime, Tracing } from "aws-cdk-lib/aws-lambda";
import { LogGroup, RetentionDays } from "aws-cdk-lib/aws-logs";
import { Construct } from "constructs";
import { bundledCode } from "./function-code.ts";
import type { FunctionName } from "./function-names.ts";
import type { LambdaTunerProps } from "../lambda-tuner-props.ts";
import { functionMemoryMb } from "./function-memory.ts";
import { functionPermissions } from "../permissions/function-permissions.ts";
import { encryptionPermissions, isKeyUser } from "../permissions/encryption.ts";
import { networkPermissions, ownTelemetryPermissions } from "../permissions/own-telemetry.ts";
import type { Permission } from "../permissions/permission.ts";
import { type PermissionResources, resourcesOf } from "../permissions/permission-resources.ts";
import { RolePermissions } from "../permissions/role-permissions.ts";

/** What one function is made from. */
export interface TunerFunctionProps {
  readonly name: FunctionName;
  readonly tuner: LambdaTunerProps;
  readonly resources: PermissionResources;
  readonly timeoutSeconds: number;
  readonly environment: Readonly<Record<string, string>>;
}

/** One function of the tuner, with a role and a log group of its own. */
export class TunerFunction extends Construct {
  readonly function: LambdaFunction;
  readonly role: Role;
  readonly permissions: RolePermissions;
  readonly logGroup: LogGroup;

  constructor(
    scope: Construct,
    id: string,
    { name, tuner, resources, timeoutSeconds, environment }: TunerFunctionProps,
  ) {
    super(scope, id);
    this.logGroup = new LogGroup(this, "Log", {
      retention: tuner.logRetention ?? RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.DESTROY,
      ...(tuner.encryptionKey === undefined ? {} : { encryptionKey: tuner.encryptionKey }),
    });
    this.role = new Role(this, "Role", {
      assumedBy: new ServicePrincipal("lambda.amazonaws.com"),
      description: `What ${name} of lambda-tuner may do`,
      ...(tuner.permissionsBoundary === undefined ? {} : { permissionsBoundary: tuner.permissionsBoundary }),
    });
    this.permissions = new RolePermissions(this.role, permissionsOf(name, tuner), {
      ...resources,
      "own-log-group": resourcesOf(this.logGroup.logGroupArn),
    });
    this.function = new LambdaFunction(this, "Function", {
      description: `lambda-tuner: ${name}`,
      code: (tuner.code ?? bundledCode)(name, this),
      handler: "index.handler",
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      memorySize: functionMemoryMb[name],
      timeout: Duration.seconds(timeoutSeconds),
      // Everything that a role may do stands in its permissions, with a reason: the CDK adds nothing to it.
      role: this.role.withoutPolicyUpdates(),
      logGroup: this.logGroup,
      loggingFormat: LoggingFormat.JSON,
      tracing: Tracing.ACTIVE,
      environment: { ...environment },
      ...networkOf(tuner),
    });
    this.function.node.addDependency(this.permissions);
  }
}

const permissionsOf = (name: FunctionName, tuner: LambdaTunerProps): readonly Permission[] => [
  ...functionPermissions[name],
  ...(isKeyUser(name) ? encryptionPermissions[name] : []),
  ...ownTelemetryPermissions,
  ...(tuner.vpc === undefined ? [] : networkPermissions),
];

const networkOf = ({ vpc, vpcSubnets, securityGroups }: LambdaTunerProps) => ({
  ...(vpc === undefined ? {} : { vpc }),
  ...(vpcSubnets === undefined ? {} : { vpcSubnets }),
  ...(securityGroups === undefined ? {} : { securityGroups: [...securityGroups] }),
});
