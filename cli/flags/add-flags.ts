import { type Command, Option } from "@commander-js/extra-typings";
import { environmentName, type Flag, takesValue } from "./flag.ts";

/** Gives a command a group of flags, under a heading of the help. */
export const addFlags = (command: Command, heading: string, flags: readonly Flag[]): Command => {
  for (const flag of flags) {
    const option = new Option(flag.flags, flag.description).helpGroup(heading);
    if (flag.choices !== undefined) option.choices(flag.choices);
    if (flag.repeatable === true)
      option.argParser((text: string, all: unknown) => [...(Array.isArray(all) ? all : []), text]);
    command.addOption(option);
  }
  return command;
};

/**
 * Fills the flags that the command line leaves out from the environment.
 *
 * @returns The environment variable behind each value that came from one, by the flag's attribute name.
 */
export const readEnvironment = (
  command: Command,
  flags: readonly Flag[],
  environment: Readonly<Record<string, string | undefined>>,
): Map<string, string> => {
  const used = new Map<string, string>();
  for (const flag of flags) {
    const name = environmentName(flag);
    const text = environment[name];
    const attribute = new Option(flag.flags).attributeName();
    const source = command.getOptionValueSource(attribute);
    if (text === undefined || text === "" || (source !== undefined && source !== "default")) continue;
    command.setOptionValueWithSource(attribute, valueOf(flag, name, text, command), "env");
    used.set(attribute, name);
  }
  return used;
};

const valueOf = (flag: Flag, name: string, text: string, command: Command): unknown => {
  if (flag.choices !== undefined && !flag.choices.includes(text)) {
    command.error(`error: ${name}: expected one of ${flag.choices.join(", ")}, got "${text}"`);
  }
  if (takesValue(flag)) return flag.repeatable === true ? text.split(",") : text;
  if (/^(1|true|yes|on)$/i.test(text)) return true;
  if (/^(0|false|no|off)$/i.test(text)) return false;
  return command.error(`error: ${name}: expected true or false, got "${text}"`);
};
