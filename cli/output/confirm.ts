import { createInterface } from "node:readline/promises";
import type { Call } from "../command.ts";
import { InterruptedError } from "../errors/interrupted-error.ts";
import { UsageError } from "../errors/usage-error.ts";

/**
 * Asks a question on the terminal; `--yes` answers it.
 *
 * @throws {@link UsageError} when the answer is no, or when there is no terminal to ask on.
 */
export const confirm = async (question: string, call: Pick<Call, "shared">): Promise<void> => {
  const answer = await ask(question, call);
  if (answer === undefined) throw new UsageError(`${question} There is no terminal to ask on: answer with --yes.`);
  if (!answer) throw new UsageError("Nothing was done.");
};

/**
 * Asks a question on the terminal; `--yes` answers it.
 *
 * @returns Whether the answer is yes; absent when there is no terminal to ask on.
 * @throws {@link InterruptedError} when the answer is Ctrl-C.
 */
export const ask = async (question: string, { shared }: Pick<Call, "shared">): Promise<boolean | undefined> => {
  if (shared.yes) return true;
  if (shared.ci || !process.stdin.isTTY || !process.stderr.isTTY) return undefined;
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const isYes = (answer: string) => /^y(es)?$/i.test(answer.trim());
  try {
    return await new Promise<boolean>((resolve, reject) => {
      terminal.once("SIGINT", () => reject(new InterruptedError("SIGINT", "Nothing was done.")));
      terminal.once("close", () => resolve(false));
      terminal.question(`${question} [y/N] `).then((answer) => resolve(isYes(answer)), reject);
    });
  } finally {
    terminal.close();
  }
};
