import type { CommandDefinition } from "../command.ts";
import { type Flag, longName, takesValue } from "../flags/flag.ts";
import { sharedFlagsOf } from "../flags/shared-flags.ts";

/** A shell's completion script for the commands, their flags, and the values of flags and arguments that have choices. */
export const completionScript = (shell: "bash" | "zsh" | "fish", commands: readonly CommandDefinition[]): string =>
  ({ bash, zsh, fish })[shell](commands);

const program = "lambda-tuner";

const flagsOf = ({ flagGroups, formats }: CommandDefinition): Flag[] => [
  ...flagGroups.flatMap(({ flags }) => flags),
  ...sharedFlagsOf(formats),
];

const choicesOf = (command: CommandDefinition): readonly string[] =>
  command.arguments.flatMap(({ choices }) => choices ?? []);

const bash = (commands: readonly CommandDefinition[]): string => `# ${program} completion for bash
_lambda_tuner() {
  local word="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}" command="\${COMP_WORDS[1]}"
  COMPREPLY=()
  if [[ $COMP_CWORD -eq 1 ]]; then
    COMPREPLY=($(compgen -W "${commands.map(({ name }) => name).join(" ")} help --help --version" -- "$word"))
    return
  fi
  case "$command $previous" in
${commands
  .flatMap((command) => flagsOf(command).map((flag) => ({ ...flag, command: command.name })))
  .filter(({ choices }) => choices !== undefined)
  .map(
    ({ command, choices = [], ...flag }) =>
      `    ${names(flag)
        .map((name) => `"${command} ${name}"`)
        .join("|")}) COMPREPLY=($(compgen -W "${choices.join(" ")}" -- "$word")); return ;;`,
  )
  .join("\n")}
  esac
  case "$command" in
${commands
  .map(
    (command) =>
      `    ${command.name}) COMPREPLY=($(compgen -W "${[...choicesOf(command), ...flagsOf(command).map(longName), "--help"].join(" ")}" -- "$word")) ;;`,
  )
  .join("\n")}
  esac
  [[ "$word" == -* || \${#COMPREPLY[@]} -gt 0 && "$command" =~ ^(${commands
    .filter((command) => choicesOf(command).length > 0)
    .map(({ name }) => name)
    .join("|")})$ ]] || COMPREPLY=($(compgen -f -- "$word"))
}
complete -o filenames -F _lambda_tuner ${program}
`;

const zsh = (commands: readonly CommandDefinition[]): string => `#compdef ${program}
_lambda_tuner() {
  local -a commands
  commands=(
${commands.map(({ name, summary }) => `    ${single(`${name}:${summary.replaceAll(":", "\\:")}`)}`).join("\n")}
  )
  if (( CURRENT == 2 )); then
    _describe command commands
    return
  fi
  local command=$words[2]
  shift words
  (( CURRENT-- ))
  case $command in
${commands
  .map(
    (command) => `    ${command.name})
      _arguments -S ${[...flagsOf(command).map(zshFlag), single(`*:argument:${zshValues(choicesOf(command))}`)].join(" ")} ;;`,
  )
  .join("\n")}
  esac
}
compdef _lambda_tuner ${program}
`;

const fish = (commands: readonly CommandDefinition[]): string =>
  [
    `# ${program} completion for fish`,
    ...commands.map(
      ({ name, summary }) => `complete -c ${program} -n __fish_use_subcommand -f -a ${name} -d ${fishQuoted(summary)}`,
    ),
    ...commands.flatMap((command) => {
      const condition = `-n '__fish_seen_subcommand_from ${command.name}'`;
      const choices = choicesOf(command);
      return [
        ...(choices.length === 0 ? [] : [`complete -c ${program} ${condition} -f -a '${choices.join(" ")}'`]),
        ...flagsOf(command).map((flag) => `complete -c ${program} ${condition} ${fishFlag(flag)}`),
      ];
    }),
    "",
  ].join("\n");

const names = ({ flags }: Flag): string[] => flags.match(/(?<![a-z-])--?[a-z][a-z0-9-]*/g) ?? [];

const zshFlag = (flag: Flag): string => {
  const description = flag.description.replace(/[[\]:]/g, " ");
  const value = takesValue(flag) ? `:value:${zshValues(flag.choices ?? [])}` : "";
  return single(`${flag.repeatable === true ? "*" : ""}${longName(flag)}[${description}]${value}`);
};

const zshValues = (choices: readonly string[]): string => (choices.length === 0 ? "_files" : `(${choices.join(" ")})`);

const fishFlag = (flag: Flag): string => {
  const short = names(flag).find((name) => !name.startsWith("--"));
  return [
    `-l ${longName(flag).slice(2)}`,
    ...(short === undefined ? [] : [`-s ${short.slice(1)}`]),
    ...(takesValue(flag) ? ["-r"] : []),
    ...(flag.choices === undefined ? [] : [`-f -a '${flag.choices.join(" ")}'`]),
    `-d ${fishQuoted(flag.description)}`,
  ].join(" ");
};

/** A word in single quotes for bash and zsh. */
const single = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

const fishQuoted = (text: string): string => `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
