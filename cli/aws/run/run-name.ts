import { createHash } from "node:crypto";
import type { Target } from "../../../core/run/target.ts";
import type { Installation } from "../installation.ts";

/** Everything that makes two runs the same: what is asked, of what, by which installation and version. */
export interface RunIdentityFacts {
  /** The execution's input, as it is sent. */
  readonly input: string;
  readonly target: Target;
  readonly installation: Installation;
}

/**
 * Name of the run that answers a request: the function's name and a digest.
 *
 * The same request on an unchanged function has the same name, and Step Functions runs a name once: asking again, after
 * a lost connection or in another terminal, never pays twice. Another deployment or another setting makes another name,
 * and so does another installation: the runs of two must not take each other's versions for their own.
 */
export const runName = ({ input, target, installation }: RunIdentityFacts): string => {
  const { codeSha256, settingsSha256, memorySizeMb, timeoutSeconds } = target.original;
  const { version, stateMachineArn } = installation;
  const facts = [version, stateMachineArn, input, codeSha256, settingsSha256, memorySizeMb, timeoutSeconds];
  const digest = createHash("sha256").update(JSON.stringify(facts)).digest("hex").slice(0, digestLength);
  return `${target.functionName.slice(0, mostOfFunctionName)}-${digest}`;
};

/** The name of the n-th attempt at a run, from 1: a name that has been used up is not run again for 90 days. */
export const attemptName = (name: string, attempt: number): string => (attempt === 1 ? name : `${name}-${attempt}`);

/** A name that no other run has: for dry runs, of which each shows how the function answers at that moment. */
export const dryRunName = ({ functionName }: Target, now: Date): string =>
  `${functionName.slice(0, mostOfFunctionName)}-dry-${now.toISOString().replaceAll(/\D/g, "")}`;

// Step Functions takes names of 80 characters.
const digestLength = 16;
const mostOfFunctionName = 48;
