import { TunerError } from "../core/errors/tuner-error.ts";
import { InterruptedError } from "./errors/interrupted-error.ts";

/** What the command's exit code says. A contract: scripts and pipelines branch on it. */
export const exitCodes = {
  /** A recommendation was made, or the command did what it says. */
  done: 0,
  /** The run failed. */
  failed: 1,
  /** Bad usage, request or config; or a prompt was needed and there is no terminal and no `--yes`. */
  usage: 2,
  /** Credentials, region, permission, a port, a disk: the environment stands in the way. */
  environment: 3,
  /** A budget or policy failed. */
  overBudget: 4,
  /** Finished, but inconclusive within its limits. */
  inconclusive: 5,
  /** Interrupted by Ctrl-C; the target is restored. */
  interrupted: 130,
  /** Interrupted by SIGTERM; the target is restored. */
  terminated: 143,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** Exit code of a failure. Everything that is not named here, our own defects included, is a failed run. */
export const exitCodeOf = (error: unknown): ExitCode => {
  if (error instanceof InterruptedError) {
    return error.signal === "SIGINT" ? exitCodes.interrupted : exitCodes.terminated;
  }
  if (isRefusalOfAws(error)) return exitCodes.environment;
  return error instanceof TunerError ? (codeByName[error.name] ?? exitCodes.failed) : exitCodes.failed;
};

/** Whether an error is AWS's own answer to a call of this command, as the SDK throws it. */
export const isRefusalOfAws = (error: unknown): boolean =>
  error instanceof Error && "$fault" in error && "$metadata" in error;

const codeByName: Readonly<Partial<Record<TunerError["name"], ExitCode>>> = {
  "Tuner.Usage": exitCodes.usage,
  "Tuner.InvalidRequest": exitCodes.usage,
  "Tuner.InvalidUnit": exitCodes.usage,
  "Tuner.Payload": exitCodes.usage,
  "Tuner.InvalidTarget": exitCodes.usage,
  "Tuner.TargetNotFound": exitCodes.usage,
  "Tuner.UntunableTarget": exitCodes.usage,
  "Tuner.Environment": exitCodes.environment,
  "Tuner.AccessDenied": exitCodes.environment,
  "Tuner.PortInUse": exitCodes.environment,
  "Tuner.BudgetExceeded": exitCodes.overBudget,
};
