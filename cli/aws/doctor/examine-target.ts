import { TunerError } from "../../../core/errors/tuner-error.ts";
import { formatTimeout } from "../../../core/report/format-duration.ts";
import { formatMemory } from "../../../core/report/format-memory.ts";
import type { Target } from "../../../core/run/target.ts";
import type { Finding } from "../../doctor/examine-machine.ts";
import type { AwsSettings } from "../aws-settings.ts";
import { findFunction } from "../find-function.ts";

/** What kind of function a target is, and whether it can be tuned. */
export const examineTarget = async (settings: AwsSettings, named: string): Promise<Finding> => {
  const subject = "Function";
  try {
    const target = await findFunction(settings, named);
    return { subject, state: "good", found: `${target.functionArn}: ${kindOf(target)}` };
  } catch (error) {
    if (!(error instanceof TunerError)) throw error;
    return { subject, state: "missing", found: `${named} cannot be tuned as it is`, fix: error.message };
  }
};

const kindOf = ({ runtime, packageType, architecture, snapStart, original, availableConcurrency }: Target): string =>
  [
    packageType === "Image" ? "container image" : (runtime ?? "own runtime"),
    architecture,
    ...(snapStart ? ["SnapStart"] : []),
    formatMemory(original.memorySizeMb),
    formatTimeout(original.timeoutSeconds),
    ...(availableConcurrency === undefined ? [] : [`up to ${availableConcurrency} at once`]),
  ].join(", ");
