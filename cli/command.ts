import type { ExitCode } from "./exit-codes.ts";
import type { Flag } from "./flags/flag.ts";
import type { GivenFlags } from "./flags/request-from-flags.ts";
import type { OutputFormat, SharedFlags } from "./flags/shared-flags.ts";
import type { Notes } from "./output/notes.ts";

/** A command as data: what commander, the help and the shell completions are made from. */
export interface CommandDefinition {
  readonly name: string;
  readonly summary: string;
  /** More of the help than the summary. */
  readonly description?: string;
  readonly arguments: readonly CommandArgument[];
  /** What `--output` may choose for the result, the default first; nothing where the result has one form of its own. */
  readonly formats: readonly OutputFormat[];
  /** Flags beside the shared ones, by the heading that the help lists them under. */
  readonly flagGroups: readonly { readonly heading: string; readonly flags: readonly Flag[] }[];
  /** Command lines that work, without the program's name. */
  readonly examples: readonly string[];
  /** Does the work. A rejection is reported and mapped to an exit code by `main.ts`. */
  readonly run: (call: Call) => Promise<ExitCode>;
}

/** A positional argument. */
export interface CommandArgument {
  /** As commander writes it: `<target>` or `[shell]`. */
  readonly name: string;
  readonly description: string;
  readonly choices?: readonly string[];
}

/** One call of a command, parsed. */
export interface Call {
  /** Positional arguments in order; an optional one that was left out is absent. */
  readonly arguments: readonly string[];
  readonly shared: SharedFlags;
  readonly given: GivenFlags;
  readonly notes: Notes;
}
