import { VersionNotReadyError } from "../../core/errors/version-not-ready-error.ts";
import { settledVersion } from "../aws/settled-configuration.ts";

/**
 * Waits until a version can serve: calls to a version that is not `Active` fail, those through an alias too.
 *
 * @param deadline - Epoch milliseconds at which waiting for Lambda ends.
 * @throws {@link VersionNotReadyError} when it does not become so, or not in time.
 */
export const requireActive = async (functionArn: string, version: string, deadline: number): Promise<void> => {
  const settled = await settledVersion(functionArn, version, deadline);
  if (settled === undefined) {
    throw new VersionNotReadyError(functionArn, version, "Pending", "when the time to wait was over");
  }
  const { State: state = "Active", StateReason: reason } = settled.raw;
  if (state !== "Active") throw new VersionNotReadyError(functionArn, version, state, reason);
};
