import { Argument, Command, Option } from "@commander-js/extra-typings";
import type { Call, CommandDefinition } from "./command.ts";
import { commandList } from "./command-list.ts";
import type { ExitCode } from "./exit-codes.ts";
import { addFlags, readEnvironment } from "./flags/add-flags.ts";
import { type Flag, longName } from "./flags/flag.ts";
import type { GivenFlag } from "./flags/request-from-flags.ts";
import { type OutputFormat, parseSharedFlags, sharedFlags, sharedFlagsOf } from "./flags/shared-flags.ts";
import { createNotes } from "./output/notes.ts";
import { toolVersion } from "../core/tool-version.ts";

/** What the program hands on. */
export interface ProgramOutcome {
  /** Told the exit code of the command. */
  readonly finish: (code: ExitCode) => void;
  /** Told what help and version put on stdout. */
  readonly show: (text: string) => void;
}

/**
 * Builds the program: the called command in full, of the others only what the overview shows.
 *
 * @param args - The command line after the program's name.
 */
export const buildProgram = async (args: readonly string[], outcome: ProgramOutcome): Promise<Command> => {
  const program = new Command("lambda-tuner")
    .description(
      "Right-sizes AWS Lambda functions: measures one at several memory sizes, recommends memory and timeout with stated confidence, and leaves it as it found it.",
    )
    .version(toolVersion, "-V, --version", "print the version")
    .helpOption("-h, --help", "show help")
    .helpCommand("help [command]", "show help of a command")
    .showHelpAfterError("(add --help for what is possible)")
    .exitOverride()
    .configureOutput({ writeOut: outcome.show })
    .addHelpText("after", overviewFooter);
  const called = calledCommand(args);
  for (const { name, summary, load } of commandList) {
    if (name === called) program.addCommand(toCommand(await load(), outcome));
    else program.command(name).summary(summary).description(summary);
  }
  return program;
};

const overviewFooter = `
Start here:
  $ lambda-tuner tune ./handler.ts --payload @event.json

Every flag can also be set as LAMBDA_TUNER_<FLAG>, or in lambda-tuner.config.json (lambda-tuner init).
Exit codes: 0 done, 1 failed, 2 usage, 3 environment, 4 over budget, 5 inconclusive, 130/143 interrupted.`;

const calledCommand = (args: readonly string[]): string | undefined => {
  const words = args.filter((arg) => !arg.startsWith("-"));
  const word = words[0] === "help" ? words[1] : words[0];
  return commandList.find(({ name }) => name === word)?.name;
};

const toCommand = (definition: CommandDefinition, { finish, show }: ProgramOutcome): Command => {
  const command: Command = new Command(definition.name)
    .summary(definition.summary)
    .description(definition.description ?? capitalised(definition.summary))
    .helpOption("-h, --help", "show help")
    .showHelpAfterError(`(add --help for what ${definition.name} takes)`)
    .exitOverride()
    .configureOutput({ writeOut: show });
  for (const { name, description, choices } of definition.arguments) {
    const argument = new Argument(name, description);
    command.addArgument(choices === undefined ? argument : argument.choices(choices));
  }
  for (const { heading, flags } of definition.flagGroups) addFlags(command, `${heading}:`, flags);
  addFlags(command, "Shared options:", sharedFlagsOf(definition.formats));
  if (definition.examples.length > 0) command.addHelpText("after", examplesText(definition.examples));
  const flags = [...definition.flagGroups.flatMap((group) => group.flags), ...sharedFlags];
  return command.action(async () => {
    finish(await definition.run(callOf(command, flags, definition.formats)));
  });
};

const callOf = (command: Command, flags: readonly Flag[], formats: readonly OutputFormat[]): Call => {
  const fromEnvironment = readEnvironment(command, flags, process.env);
  const given = new Map<string, GivenFlag>();
  for (const flag of flags) {
    const attribute = new Option(flag.flags).attributeName();
    const source = command.getOptionValueSource(attribute);
    if (source === undefined || source === "default") continue;
    const typedAs = fromEnvironment.get(attribute) ?? longName(flag);
    given.set(longName(flag), { value: flagValue(command.getOptionValue(attribute)), typedAs });
  }
  const shared = parseSharedFlags(command.opts(), formats);
  return { arguments: command.args, shared, given, notes: createNotes(shared) };
};

const flagValue = (value: unknown): GivenFlag["value"] => {
  if (Array.isArray(value)) return value.map(String);
  return typeof value === "string" || typeof value === "boolean" ? value : JSON.stringify(value);
};

const examplesText = (examples: readonly string[]): string =>
  `\nExamples:\n${examples.map((example) => `  $ lambda-tuner ${example}`).join("\n")}`;

const capitalised = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
