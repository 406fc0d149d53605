import type { Finding } from "../../doctor/examine-machine.ts";

/** What could not be found out, and why; the message of our own errors names the fix. */
export const findingOfFailure = (subject: string, state: Finding["state"], error: unknown): Finding => ({
  subject,
  state,
  found: "could not be found out",
  fix: error instanceof Error ? error.message : String(error),
});
