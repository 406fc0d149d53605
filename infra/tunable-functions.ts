import type { CfnCondition, Stack } from "aws-cdk-lib";

/** A function of an app: any `IFunction`. A version or an alias stands for its function. */
export interface AppFunction {
  readonly functionArn: string;
}

/** Functions that carry a tag. */
export interface FunctionTag {
  readonly tagKey: string;
  readonly tagValue: string;
}

/**
 * ARNs as they stand in policies: what the other forms become, and what a template with parameters gives directly.
 */
export interface FunctionScope {
  /** Ends the ids of the scope's statements; letters and digits, unique among the scopes of one tuner. */
  readonly suffix: string;
  /** Unqualified ARNs or patterns of them. */
  readonly functionArns: readonly string[];
  /** ARNs or patterns of their versions and aliases. */
  readonly versionArns: readonly string[];
  /** Both together: lists that only the deployment knows cannot be joined here. */
  readonly allArns: readonly string[];
  /** Conditions of the statements, as in a policy document. */
  readonly conditions?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** The scope exists only in stacks where this holds. */
  readonly cfnCondition?: CfnCondition;
}

/**
 * Which functions may be tuned: a function of the app, a name in which `*` stands for any characters, such as `"api-*"`,
 * a tag, or policy ARNs.
 */
export type TunableFunction = AppFunction | string | FunctionTag | FunctionScope;

/**
 * The policy scopes of the functions that may be tuned.
 *
 * Functions and names share one scope; each tag and each given scope is one of its own.
 */
export const functionScopes = (stack: Stack, functions: readonly TunableFunction[]): readonly FunctionScope[] => {
  const arns = functions.flatMap((each) => unqualifiedArn(stack, each));
  const byArn = arns.length === 0 ? [] : [{ suffix: "", ...policyArns(arns) }];
  const byTag = functions.filter(isTag).map((tag, index) => tagScope(stack, tag, index));
  return [...byArn, ...byTag, ...functions.filter(isScope)];
};

const unqualifiedArn = (stack: Stack, each: TunableFunction): string[] => {
  if (typeof each === "string") return [functionArn(stack, each)];
  if (isTag(each) || isScope(each)) return [];
  // A version or an alias stands for its function: a tuner has to publish versions of it.
  return [isQualified(each) ? each.lambda.functionArn : each.functionArn];
};

const tagScope = (stack: Stack, { tagKey, tagValue }: FunctionTag, index: number): FunctionScope => ({
  suffix: `ByTag${index === 0 ? "" : index + 1}`,
  ...policyArns([functionArn(stack, "*")]),
  conditions: { StringEquals: { [`aws:ResourceTag/${tagKey}`]: tagValue } },
});

const policyArns = (
  functionArns: readonly string[],
): Pick<FunctionScope, "functionArns" | "versionArns" | "allArns"> => {
  const versionArns = functionArns.map((arn) => `${arn}:*`);
  return { functionArns, versionArns, allArns: [...functionArns, ...versionArns] };
};

const functionArn = (stack: Stack, name: string): string =>
  `arn:${stack.partition}:lambda:${stack.region}:${stack.account}:function:${name}`;

const isQualified = (each: AppFunction): each is AppFunction & { readonly lambda: AppFunction } => "lambda" in each;

/** Whether it is a tag. */
export const isTag = (each: TunableFunction): each is FunctionTag => typeof each === "object" && "tagKey" in each;

/** Whether it is given as it stands in policies. */
export const isScope = (each: TunableFunction): each is FunctionScope =>
  typeof each === "object" && "versionArns" in each;

/** The policy scopes of pre- and post-processors: like those of targets, but none is fine, and tags are not enough. */
export const processorScopes = (
  stack: Stack,
  processors: readonly (AppFunction | string | FunctionScope)[],
): readonly FunctionScope[] => (processors.length === 0 ? [] : functionScopes(stack, processors));
