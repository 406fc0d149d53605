import type { Call } from "../../command.ts";
import { UsageError } from "../../errors/usage-error.ts";

/**
 * What tells the CDK whether to ask: on a terminal it shows what changes and asks by itself.
 *
 * @param approved - The argument that answers its question beforehand.
 * @throws {@link UsageError} when there is no terminal to ask on.
 */
export const approvalArgs = ({ shared, given }: Call, approved: string): string[] => {
  if (shared.yes) return [approved];
  const canAsk = !shared.ci && process.stdin.isTTY && process.stderr.isTTY;
  if (canAsk || given.get("--dry-run")?.value === true) return [];
  throw new UsageError(
    "The CDK asks before it changes an account, and there is no terminal to ask on: answer with --yes.",
  );
};
