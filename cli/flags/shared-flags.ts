import type { Flag } from "./flag.ts";

/** Formats of a result. */
export const outputFormats = ["table", "json", "markdown", "html", "csv"] as const;
export type OutputFormat = (typeof outputFormats)[number];

const outputFlag: Flag = {
  flags: "-o, --output <format>",
  description: "format of the result",
  choices: outputFormats,
};

/** Flags that commands share. */
export const sharedFlags: readonly Flag[] = [
  outputFlag,
  { flags: "--out <file>", description: "write the result there instead of to stdout" },
  { flags: "--config <file>", description: "config file (default: lambda-tuner.config.* found by walking up)" },
  { flags: "-q, --quiet", description: "no progress, only warnings and errors" },
  { flags: "-v, --verbose", description: "say what is being done" },
  { flags: "--debug", description: "say everything, with stack traces" },
  { flags: "--no-color", description: "plain text (NO_COLOR does the same)" },
  { flags: "-y, --yes", description: "answer every question with yes" },
  { flags: "--ci", description: "no questions, no colour, one line per event" },
];

/** The shared flags that a command takes: `--output` with its formats alone, and only where it has any. */
export const sharedFlagsOf = (formats: readonly OutputFormat[]): readonly Flag[] => [
  ...(formats.length === 0 ? [] : [{ ...outputFlag, choices: formats }]),
  ...sharedFlags.filter((flag) => flag !== outputFlag),
];

/** The shared flags of one call, every default filled in. */
export interface SharedFlags {
  readonly output: OutputFormat;
  readonly out: string | undefined;
  readonly config: string | undefined;
  readonly quiet: boolean;
  readonly verbose: boolean;
  readonly debug: boolean;
  readonly color: boolean;
  readonly yes: boolean;
  readonly ci: boolean;
}

/**
 * Reads the shared flags from commander's values, whose choices commander has checked.
 *
 * @param formats - Of the command, the default first. Another one in the environment is for another command.
 */
export const parseSharedFlags = (
  values: Readonly<Record<string, unknown>>,
  formats: readonly OutputFormat[],
): SharedFlags => ({
  output: formats.find((format) => format === values["output"]) ?? formats[0] ?? "table",
  out: typeof values["out"] === "string" ? values["out"] : undefined,
  config: typeof values["config"] === "string" ? values["config"] : undefined,
  quiet: values["quiet"] === true,
  verbose: values["verbose"] === true || values["debug"] === true,
  debug: values["debug"] === true,
  color: values["color"] !== false,
  yes: values["yes"] === true,
  ci: values["ci"] === true,
});
