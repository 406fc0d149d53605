import type { Call } from "../command.ts";
import { UsageError } from "../errors/usage-error.ts";
import type { OutputFormat } from "../flags/shared-flags.ts";

/**
 * Refuses an output format that a command's result does not have.
 *
 * @throws {@link UsageError} naming those that it has.
 */
export const requireOutput = ({ shared }: Call, formats: readonly OutputFormat[]): void => {
  if (formats.includes(shared.output)) return;
  throw new UsageError(`--output ${shared.output}: this result comes as ${formats.join(" or ")}.`);
};
