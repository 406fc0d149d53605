import { type ExitCode, exitCodes } from "../exit-codes.ts";
import type { Call } from "../command.ts";
import { writeStdout } from "./stdout.ts";
import { writeWhole } from "./write-whole.ts";

/**
 * Puts a result where `--out` says, or on stdout.
 *
 * A result is never lost: when the file cannot be written, it goes to stdout and a warning to stderr.
 *
 * @param code - The command's own exit code.
 * @returns That code; `environment` instead of `done` when the file that was asked for could not be written.
 */
export const writeResult = async (text: string, { shared, notes }: Call, code: ExitCode): Promise<ExitCode> => {
  if (shared.out === undefined) {
    await writeStdout(text);
    return code;
  }
  try {
    await writeWhole(shared.out, text);
    notes.say(`Written: ${shared.out}`);
    return code;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    notes.warn(`--out ${shared.out} could not be written (${reason}); the result is on stdout instead.`);
    await writeStdout(text);
    return code === exitCodes.done ? exitCodes.environment : code;
  }
};
