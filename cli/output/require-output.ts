import type { Call } from "../command.ts";
import { UsageError } from "../errors/usage-error.ts";
import { isTyped } from "../flags/flags-without-effect.ts";
import type { OutputFormat } from "../flags/shared-flags.ts";

/**
 * Refuses an output format that a command has, but not with its other settings. Only of the command line's own: what the
 * environment says may be meant for another run.
 *
 * @throws {@link UsageError} naming those that it has.
 */
export const requireOutput = ({ shared, given }: Call, formats: readonly OutputFormat[]): void => {
  if (formats.includes(shared.output) || !isTyped("--output", given)) return;
  throw new UsageError(`--output ${shared.output}: this result comes as ${formats.join(" or ")}.`);
};
