import { writeSync } from "node:fs";
import type { Call } from "../command.ts";
import type { InterruptedError } from "../errors/interrupted-error.ts";
import { failureDocument } from "./failure-document.ts";

/**
 * Says what is left when a second signal ends the process.
 *
 * The process ends right after this: nothing that waits would be written.
 */
export const reportSecondSignal = ({ shared }: Call, error: InterruptedError, left: string): void => {
  writeSync(2, `Ended at once. ${left}\n`);
  if (shared.output === "json") writeSync(1, `${JSON.stringify(failureDocument(error))}\n`);
};
