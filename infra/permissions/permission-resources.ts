import type { FunctionScope } from "../tunable-functions.ts";
import type { PermissionScope } from "./permission.ts";

/** ARNs that stand in one statement, with its conditions. */
export interface ResourceGroup {
  readonly suffix: string;
  readonly arns: readonly string[];
  readonly conditions?: FunctionScope["conditions"];
  readonly cfnCondition?: FunctionScope["cfnCondition"];
}

/** The ARNs behind each scope. A scope that is absent grants nothing: what the user did not set up needs no permission. */
export type PermissionResources = Readonly<Partial<Record<PermissionScope, readonly ResourceGroup[]>>>;

/** Resources without conditions; none when there are no ARNs. */
export const resourcesOf = (...arns: readonly string[]): readonly ResourceGroup[] =>
  arns.length === 0 ? [] : [{ suffix: "", arns }];

/** The scopes that cover the functions that may be tuned. */
export const targetResources = (scopes: readonly FunctionScope[]): PermissionResources => ({
  target: groupsOf(scopes, ({ functionArns }) => functionArns),
  "target-versions": groupsOf(scopes, ({ versionArns }) => versionArns),
  "target-and-versions": groupsOf(scopes, ({ allArns }) => allArns),
});

/** One group for each scope, of the ARNs that are wanted of it. */
export const groupsOf = (
  scopes: readonly FunctionScope[],
  arnsOf: (scope: FunctionScope) => readonly string[],
): readonly ResourceGroup[] =>
  scopes.map((scope) => ({
    suffix: scope.suffix,
    arns: arnsOf(scope),
    ...(scope.conditions === undefined ? {} : { conditions: scope.conditions }),
    ...(scope.cfnCondition === undefined ? {} : { cfnCondition: scope.cfnCondition }),
  }));
