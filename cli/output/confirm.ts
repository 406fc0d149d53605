import { createInterface } from "node:readline/promises";
import type { Call } from "../command.ts";
import { UsageError } from "../errors/usage-error.ts";

/**
 * Asks a question on the terminal; `--yes` answers it.
 *
 * @throws {@link UsageError} when the answer is no, or when there is no terminal to ask on.
 */
export const confirm = async (question: string, { shared }: Pick<Call, "shared">): Promise<void> => {
  if (shared.yes) return;
  if (shared.ci || !process.stdin.isTTY || !process.stderr.isTTY) {
    throw new UsageError(`${question} There is no terminal to ask on: answer with --yes.`);
  }
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const answer = await terminal.question(`${question} [y/N] `);
    if (!/^y(es)?$/i.test(answer.trim())) throw new UsageError("Nothing was done.");
  } finally {
    terminal.close();
  }
};
