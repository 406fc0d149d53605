import type { FunctionHandler } from "./function-task.ts";

/** One of our own functions, as the state machine knows it. */
export interface HostedFunction {
  /** Name of its file in `functions/`. */
  readonly name: string;
  /** Placeholder of its ARN in the definition. */
  readonly placeholder: string;
  /** Loaded at first use: a run that never applies never loads Apply. */
  readonly load: () => Promise<FunctionHandler>;
}

/** Every function of the state machine. */
export const hostedFunctions: readonly HostedFunction[] = [
  { name: "plan", placeholder: "PlanFunctionArn", load: async () => (await import("../../functions/plan.ts")).handler },
  {
    name: "provision",
    placeholder: "ProvisionFunctionArn",
    load: async () => (await import("../../functions/provision.ts")).handler,
  },
  {
    name: "measure",
    placeholder: "MeasureFunctionArn",
    load: async () => (await import("../../functions/measure.ts")).handler,
  },
  {
    name: "analyze",
    placeholder: "AnalyzeFunctionArn",
    load: async () => (await import("../../functions/analyze.ts")).handler,
  },
  {
    name: "clean-up",
    placeholder: "CleanUpFunctionArn",
    load: async () => (await import("../../functions/clean-up.ts")).handler,
  },
  {
    name: "observe",
    placeholder: "ObserveFunctionArn",
    load: async () => (await import("../../functions/observe.ts")).handler,
  },
  {
    name: "recommend",
    placeholder: "RecommendFunctionArn",
    load: async () => (await import("../../functions/recommend.ts")).handler,
  },
  {
    name: "apply",
    placeholder: "ApplyFunctionArn",
    load: async () => (await import("../../functions/apply.ts")).handler,
  },
];

/** ARN of one of our functions on the embedded engine. */
export const functionArnOf = (
  name: string,
  { access, accountId }: { readonly access: { readonly region: string }; readonly accountId: string },
): string => `arn:aws:lambda:${access.region}:${accountId}:function:lambda-tuner-${name}`;
