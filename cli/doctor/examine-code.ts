import { relative } from "node:path";
import { TunerError } from "../../core/errors/tuner-error.ts";
import type { Call } from "../command.ts";
import { prepareRun } from "../tune/prepare-run.ts";
import type { LocalTarget } from "../tune/resolve-target.ts";
import type { Finding } from "./examine-machine.ts";

/** Whether code on this machine can be tuned: its handler is found, and what the config says of it is valid. */
export const examineCode = async (target: LocalTarget, call: Call): Promise<Finding> => {
  const subject = "Function";
  try {
    const { code } = await prepareRun(target, call);
    const handler = code.handlerExport === "" ? "" : `, handler ${code.handlerExport}`;
    return { subject, state: "good", found: `${relative("", code.file)}: ${code.runtime}${handler}` };
  } catch (error) {
    if (!(error instanceof TunerError)) throw error;
    return {
      subject,
      state: "missing",
      found: `${target.name ?? target.path} cannot be tuned as it is`,
      fix: error.message,
    };
  }
};
