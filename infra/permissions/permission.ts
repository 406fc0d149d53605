/**
 * What a permission is about. `infra/permissions/permission-resources.ts` holds the ARNs behind each name.
 *
 * - `target`: functions that may be tuned, by their unqualified ARN
 * - `target-versions`: versions and aliases of those functions, never the functions themselves
 * - `target-and-versions`: both, for actions that are authorised by whatever ARN the call names
 * - `network-interfaces`: `*`, for what Lambda does in a function's name: in a shared subnet they belong to another account
 * - `queues`: SQS queues of the account and region: which of them feed a target is only known when a run looks
 * - `nothing-narrower`: `*`, for actions that AWS does not let a policy narrow to a resource
 */
export type PermissionScope =
  | "target"
  | "target-versions"
  | "target-and-versions"
  | "processors"
  | "payloads"
  | "reports"
  | "lock-table"
  | "encryption-key"
  | "report-key"
  | "event-bus"
  | "own-functions"
  | "own-log-group"
  | "state-machine"
  | "executions"
  | "dead-letters"
  | "network-interfaces"
  | "queues"
  | "nothing-narrower";

/** One thing that a role may do, and why it must. */
export interface Permission {
  /** Statement id, in PascalCase, unique within its role. */
  readonly sid: string;
  /** One sentence for the security team: it reaches `docs/permissions.md` through the template. */
  readonly why: string;
  readonly actions: readonly string[];
  readonly on: PermissionScope;
  /** Conditions on top of those of the scope, as in a policy document. */
  readonly conditions?: PolicyConditions;
}

/** Operator, key, value or values. */
export type PolicyConditions = Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
