import { existsSync, readFileSync } from "node:fs";

/** The parts of a state that the host reads; the interpreter reads the rest. */
export interface StateDefinition {
  readonly Type: string;
  readonly Resource?: string;
  readonly TimeoutSeconds?: number;
  readonly ItemProcessor?: MachineDefinition;
}

/** A state machine, or the states within a Map. */
export interface MachineDefinition {
  readonly StartAt: string;
  readonly States: Readonly<Record<string, StateDefinition>>;
}

/** Values of the placeholders, such as `PlanFunctionArn`. */
export type Substitutions = Readonly<Record<string, string>>;

/**
 * Reads `statemachine/tuning.asl.json` and fills in its placeholders, as CloudFormation's DefinitionSubstitutions does.
 *
 * @returns The definition as JSON text.
 * @throws TypeError for a placeholder without a value.
 */
export const readDefinition = (substitutions: Substitutions): string =>
  readFileSync(definitionFile(), "utf8").replaceAll(/\$\{(\w+)\}/g, (_, name: string) => {
    const value = substitutions[name];
    if (value === undefined) throw new TypeError(`The state machine's placeholder ${name} has no value.`);
    return value;
  });

/** Every state by its name, those within Maps included. The interpreter knows Task states by their names alone. */
export const allStates = (machine: MachineDefinition): Map<string, StateDefinition> => {
  const states = new Map<string, StateDefinition>();
  const visit = ({ States }: MachineDefinition): void => {
    for (const [name, state] of Object.entries(States)) {
      if (states.has(name)) throw new TypeError(`Two states are called ${name}.`);
      states.set(name, state);
      if (state.ItemProcessor !== undefined) visit(state.ItemProcessor);
    }
  };
  visit(machine);
  return states;
};

/** Beside the sources, and one folder further up from the build. */
const definitionFile = (): URL => {
  const places = ["../../statemachine/tuning.asl.json", "../../../statemachine/tuning.asl.json"];
  const urls = places.map((place) => new URL(place, import.meta.url));
  const found = urls.find((url) => existsSync(url));
  if (found === undefined) throw new TypeError("statemachine/tuning.asl.json is missing from the installation.");
  return found;
};
