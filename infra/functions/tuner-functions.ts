import type { Function as LambdaFunction } from "aws-cdk-lib/aws-lambda";
import { Construct } from "constructs";
import { type FunctionName, functionNames, pascalCase } from "./function-names.ts";
import { TunerFunction, type TunerFunctionProps } from "./tuner-function.ts";
import { serviceName } from "../observability/tuner-metric.ts";

/** What all functions of a tuner share. */
export interface TunerFunctionsProps extends Pick<TunerFunctionProps, "tuner" | "resources"> {
  readonly installationName: string;
  readonly lockTableName: string;
  /** The longest time that a state of the machine gives each function, in seconds. */
  readonly timeoutSeconds: Readonly<Record<FunctionName, number>>;
}

const readsLocks: ReadonlySet<FunctionName> = new Set(["provision", "clean-up"]);

/** The tuner's own functions. */
export class TunerFunctions extends Construct {
  readonly all: readonly TunerFunction[];
  private readonly byName: ReadonlyMap<FunctionName, TunerFunction>;

  constructor(scope: Construct, id: string, props: TunerFunctionsProps) {
    super(scope, id);
    const create = (name: FunctionName, environment: Readonly<Record<string, string>>): TunerFunction =>
      new TunerFunction(this, pascalCase(name), {
        name,
        tuner: props.tuner,
        resources: props.resources,
        timeoutSeconds: props.timeoutSeconds[name],
        environment: { POWERTOOLS_SERVICE_NAME: serviceName(props.installationName), ...environment },
      });
    const others = functionNames
      .filter((name) => name !== "plan")
      .map(
        (name) => [name, create(name, readsLocks.has(name) ? { LOCK_TABLE_NAME: props.lockTableName } : {})] as const,
      );
    // Plan refuses to tune the tuner: it has to know the others, and knows its own name from Lambda.
    const names = others.map(([, each]) => each.function.functionName).join(",");
    this.byName = new Map([["plan", create("plan", { OWN_FUNCTION_NAMES: names })], ...others]);
    this.all = [...this.byName.values()];
  }

  /** One function of the tuner. */
  of(name: FunctionName): TunerFunction {
    const found = this.byName.get(name);
    if (found === undefined) throw new RangeError(`Expected a function of the tuner, got ${name}.`);
    return found;
  }

  /** Lambda's own construct of each function. */
  get functions(): readonly LambdaFunction[] {
    return this.all.map((each) => each.function);
  }
}
