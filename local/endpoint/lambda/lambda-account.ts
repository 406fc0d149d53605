import { createHash, randomUUID } from "node:crypto";
import type { FunctionDefinition } from "../function-definition.ts";
import type { FunctionRunner } from "../function-runner.ts";
import type { Deployment, FunctionRecord } from "./function-record.ts";
import type { FunctionSettings } from "./function-settings.ts";

/** Quotas of the account. */
export interface AccountLimits {
  /** Largest `MemorySize` in MB: 10,240, or 3,008 in new accounts. */
  readonly maxMemoryMb: number;
  /** Concurrent executions of all functions together: 1,000, or 10 in new accounts. */
  readonly concurrentExecutions: number;
  /** Concurrency left to functions without a reservation; absent: what the reservations leave. */
  readonly unreservedConcurrency: number | undefined;
  /** Management calls a second before they are throttled; absent: not throttled. 15 in AWS, 100 for GetFunction. */
  readonly controlPlaneRate: number | undefined;
}

/** The Lambda side of the endpoint's account: functions, quotas, and what is under way. */
export interface LambdaAccount {
  readonly accountId: string;
  readonly region: string;
  readonly limits: AccountLimits;
  /** How long an update or a new version stays in progress, in milliseconds. */
  readonly controlPlaneDelayMs: number;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
  readonly functions: Map<string, FunctionRecord>;
}

/** Adds a function, or replaces the one of that name. */
export const registerFunction = (
  account: LambdaAccount,
  definition: FunctionDefinition,
  runner: FunctionRunner,
): FunctionRecord => {
  const deployment: Deployment = {
    settings: settingsOf(definition, account.accountId),
    code: {
      sha256: definition.codeSha256 ?? createHash("sha256").update(definition.functionName).digest("base64"),
      sizeBytes: definition.codeSizeBytes ?? 1024,
      packageType: definition.packageType ?? "Zip",
      architecture: definition.architecture ?? "x86_64",
    },
  };
  const now = account.clock();
  const record: FunctionRecord = {
    name: definition.functionName,
    arn: `arn:aws:lambda:${account.region}:${account.accountId}:function:${definition.functionName}`,
    runner,
    latest: {
      ...deployment,
      revisionId: randomUUID(),
      lastModifiedMs: now,
      updatedAtMs: now,
      serving: deployment,
    },
    environmentsOf: undefined,
    versions: new Map(),
    aliases: new Map(),
    provisioned: new Map(),
    tags: new Map(Object.entries(definition.tags ?? {})),
    invokedBy: [...(definition.invokedBy ?? [])],
    eventSources: [...(definition.eventSources ?? [])],
    nextVersion: 1,
    reservedConcurrency: definition.reservedConcurrency,
    inFlight: new Map(),
  };
  account.functions.set(record.name, record);
  return record;
};

const settingsOf = (definition: FunctionDefinition, accountId: string): FunctionSettings => ({
  Description: definition.description ?? "",
  ...(definition.packageType !== "Image" && {
    Runtime: definition.runtime ?? "nodejs24.x",
    Handler: definition.handler ?? "index.handler",
  }),
  Role: definition.role ?? `arn:aws:iam::${accountId}:role/${definition.functionName}`,
  MemorySize: definition.memorySizeMb ?? 128,
  Timeout: definition.timeoutSeconds ?? 3,
  ...(definition.environment !== undefined && { Environment: { Variables: { ...definition.environment } } }),
  LoggingConfig: {
    LogFormat: definition.logFormat ?? "Text",
    ...(definition.logFormat === "JSON" && {
      ApplicationLogLevel: "INFO",
      SystemLogLevel: definition.systemLogLevel ?? "INFO",
    }),
  },
  EphemeralStorage: { Size: definition.ephemeralStorageMb ?? 512 },
  SnapStart: { ApplyOn: definition.snapStart ?? "None" },
  TracingConfig: { Mode: definition.tracing ?? "PassThrough" },
  ...(definition.vpc !== undefined && {
    VpcConfig: { SubnetIds: definition.vpc.subnetIds, SecurityGroupIds: definition.vpc.securityGroupIds },
  }),
  ...(definition.kmsKeyArn !== undefined && { KMSKeyArn: definition.kmsKeyArn }),
  ...(definition.layers !== undefined && { Layers: [...definition.layers] }),
  ...(definition.durable !== undefined && {
    DurableConfig: {
      ExecutionTimeout: definition.durable.executionTimeoutSeconds,
      RetentionPeriodInDays: definition.durable.retentionPeriodDays ?? 14,
    },
  }),
  ...(definition.capacityProvider !== undefined && {
    CapacityProviderConfig: {
      LambdaManagedInstancesCapacityProviderConfig: {
        CapacityProviderArn: definition.capacityProvider.capacityProviderArn,
      },
    },
  }),
});
