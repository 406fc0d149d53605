import { readFileSync } from "node:fs";
import { type FunctionName, functionNames, pascalCase } from "../functions/function-names.ts";

/** `statemachine/tuning.asl.json` as the deployment needs it. */
export interface StateMachineDefinition {
  /** The definition, its placeholders still in it, without insignificant space. */
  readonly text: string;
  /** The longest time in seconds that a state gives each function. */
  readonly timeoutSeconds: Readonly<Record<FunctionName, number>>;
}

/** Reads the definition that the embedded engine runs too. */
export const readStateMachineDefinition = (): StateMachineDefinition => {
  const definition: unknown = JSON.parse(
    readFileSync(new URL("../../statemachine/tuning.asl.json", import.meta.url), "utf8"),
  );
  const tasks = tasksIn(definition);
  const timeoutOf = (name: FunctionName): number => {
    const own = tasks.filter(({ Resource }) => Resource === `\${${pascalCase(name)}FunctionArn}`);
    if (own.length === 0) throw new RangeError(`Expected a state that calls the function ${name}, found none.`);
    return Math.max(...own.map(({ TimeoutSeconds }) => TimeoutSeconds));
  };
  const timeouts = functionNames.map((name) => [name, timeoutOf(name)]);
  return {
    text: JSON.stringify(definition),
    timeoutSeconds: Object.fromEntries(timeouts) as Record<FunctionName, number>,
  };
};

interface Task {
  readonly Resource: string;
  readonly TimeoutSeconds: number;
}

/** Every Task state, at any depth. */
const tasksIn = (value: unknown): readonly Task[] => {
  if (typeof value !== "object" || value === null) return [];
  return [...(isTask(value) ? [value] : []), ...Object.values(value).flatMap(tasksIn)];
};

const isTask = (value: object): value is Task =>
  "Type" in value && value.Type === "Task" && "Resource" in value && "TimeoutSeconds" in value;
