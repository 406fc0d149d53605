import { parse } from "@aws-sdk/util-arn-parser";
import { GetPolicyCommand, paginateListEventSourceMappings } from "@aws-sdk/client-lambda";
import { z } from "zod";
import type { CallerCeiling, FeedingQueue } from "../../core/production/production-metrics.ts";
import type { Target } from "../../core/run/target.ts";
import type { Warning } from "../../core/warning.ts";
import { lambdaControlClient } from "./clients.ts";
import { readFailure } from "./cloudwatch-errors.ts";
import { isApiError } from "./lambda-errors.ts";
import { readVisibilitySeconds } from "./queue-visibility.ts";

/** Who calls the target, and how long they wait. */
export interface Callers {
  readonly ceilings: readonly CallerCeiling[];
  /** SQS queues that feed it. */
  readonly queues: readonly FeedingQueue[];
  readonly warnings: readonly Warning[];
}

/**
 * Services that wait so long for a synchronous answer, by the principal in the function's policy.
 *
 * REST and HTTP APIs share a principal and nearly a ceiling; a Regional REST API's may have been raised, which its caller
 * knows: `timeout.callerCeilingMs`.
 */
const ceilingsByPrincipal: Readonly<Record<string, CallerCeiling>> = {
  "apigateway.amazonaws.com": { caller: "API Gateway", ceilingMs: 29_000 },
  "appsync.amazonaws.com": { caller: "AppSync", ceilingMs: 30_000 },
  "elasticloadbalancing.amazonaws.com": { caller: "Application Load Balancer", ceilingMs: 60_000 },
  "cognito-idp.amazonaws.com": { caller: "Amazon Cognito", ceilingMs: 5000 },
};

/**
 * Reads who may call the target from its resource policy and its event source mappings.
 *
 * Callers that use a role of their own instead of the policy are not seen. What cannot be read is one warning.
 *
 * @see {@link https://docs.aws.amazon.com/lambda/latest/dg/access-control-resource-based.html}
 */
export const readCallers = async (target: Target, signal?: AbortSignal): Promise<Callers> => {
  const [ceilings, queues] = await Promise.all([
    attempt(() => readCeilings(target, signal), "lambda:GetPolicy", signal),
    attempt(() => readQueues(target, signal), "lambda:ListEventSourceMappings", signal),
  ]);
  const found = "failure" in queues ? { queues: [], failures: [queues.failure] } : queues.found;
  const reasons = [...("failure" in ceilings ? [ceilings.failure] : []), ...found.failures];
  return {
    ceilings: "failure" in ceilings ? [] : ceilings.found,
    queues: found.queues,
    warnings: reasons.length === 0 ? [] : [{ kind: "caller-ceilings-unknown", reason: reasons.join(" ") }],
  };
};

const attempt = async <Found>(
  read: () => Promise<Found>,
  action: string,
  signal: AbortSignal | undefined,
): Promise<{ readonly found: Found } | { readonly failure: string }> => {
  try {
    return { found: await read() };
  } catch (error) {
    signal?.throwIfAborted();
    return { failure: readFailure(error, action) };
  }
};

const readCeilings = async (target: Target, signal: AbortSignal | undefined): Promise<readonly CallerCeiling[]> => {
  // A policy belongs to the function or to one of its versions and aliases.
  const qualifiers = [undefined, ...(target.qualifier === undefined ? [] : [target.qualifier])];
  const principals = await Promise.all(qualifiers.map((qualifier) => readPrincipals(target, qualifier, signal)));
  return [...new Set(principals.flat())].flatMap((principal) => ceilingsByPrincipal[principal] ?? []);
};

const principalSchema = z.union([z.string(), z.object({ Service: z.union([z.string(), z.array(z.string())]) })]);

const policySchema = z.object({
  Statement: z.array(z.looseObject({ Effect: z.string(), Principal: z.unknown().optional() })),
});

const readPrincipals = async (
  target: Target,
  qualifier: string | undefined,
  signal: AbortSignal | undefined,
): Promise<readonly string[]> => {
  const policy = await readPolicy(target.functionArn, qualifier, signal);
  if (policy === undefined) return [];
  return policySchema
    .parse(JSON.parse(policy))
    .Statement.filter(({ Effect }) => Effect === "Allow")
    .flatMap(({ Principal }) => {
      const principal = principalSchema.safeParse(Principal).data;
      return principal === undefined || typeof principal === "string" ? [] : principal.Service;
    });
};

/** @returns `undefined` when there is no policy, which the API calls a missing resource. */
const readPolicy = async (
  functionArn: string,
  qualifier: string | undefined,
  signal: AbortSignal | undefined,
): Promise<string | undefined> => {
  const command = new GetPolicyCommand({
    FunctionName: functionArn,
    ...(qualifier === undefined ? {} : { Qualifier: qualifier }),
  });
  try {
    const answer = await lambdaControlClient().send(command, signal === undefined ? {} : { abortSignal: signal });
    return answer.Policy;
  } catch (error) {
    if (isApiError(error, "ResourceNotFoundException")) return undefined;
    throw error;
  }
};

/** Enabled mappings from SQS, by the queue's ARN; a queue may feed the target through several. */
const listQueues = async (target: Target, signal: AbortSignal | undefined): Promise<readonly string[]> => {
  const FunctionName =
    target.qualifier === undefined ? target.functionArn : `${target.functionArn}:${target.qualifier}`;
  const queues = new Set<string>();
  for await (const page of paginateListEventSourceMappings({ client: lambdaControlClient() }, { FunctionName })) {
    signal?.throwIfAborted();
    for (const { EventSourceArn = "", State } of page.EventSourceMappings ?? []) {
      if (/^arn:[^:]+:sqs:/.test(EventSourceArn) && State !== "Disabled") queues.add(EventSourceArn);
    }
  }
  return [...queues];
};

/** Queues with how long they hide a message; those that cannot be read without it, and why. */
const readQueues = async (
  target: Target,
  signal: AbortSignal | undefined,
): Promise<{ readonly queues: readonly FeedingQueue[]; readonly failures: readonly string[] }> => {
  const arns = await listQueues(target, signal);
  const read = await Promise.all(
    arns.map(async (arn) => ({
      name: parse(arn).resource,
      ...(await attempt(() => readVisibilitySeconds(arn, signal), "sqs:GetQueueAttributes", signal)),
    })),
  );
  return {
    queues: read.map(({ name, ...answer }) => {
      const seconds = "found" in answer ? answer.found : undefined;
      return { name, ...(seconds === undefined ? {} : { visibilitySeconds: seconds }) };
    }),
    failures: [...new Set(read.flatMap((answer) => ("failure" in answer ? [answer.failure] : [])))],
  };
};
