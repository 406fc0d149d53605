import type { Environment } from "../../functions/environment.ts";
import type { ServiceAccess } from "./integrations.ts";

/** How a host is set up. */
export interface HostOptions {
  readonly access: ServiceAccess;
  readonly accountId: string;
  readonly lockTableName: string;
  readonly reportBucketName: string;
  readonly eventBusName: string;
  /** Environment variables of a function, by the name of its file, in an execution with this input. */
  readonly environmentOf: (functionName: string, executionInput: unknown) => Environment;
  /** Replaces the waits of every Retry, in milliseconds: for tests. */
  readonly retryIntervalMs?: number;
  /** Replaces functions' timeouts, in milliseconds, by the name of their file: for tests. */
  readonly functionTimeoutsMs?: Readonly<Record<string, number>>;
}
