import { CommanderError } from "@commander-js/extra-typings";
import { TunerError } from "../core/errors/tuner-error.ts";
import { EnvironmentError } from "./errors/environment-error.ts";
import { UsageError } from "./errors/usage-error.ts";
import { type ExitCode, exitCodeOf, isRefusalOfAws } from "./exit-codes.ts";
import { failureDocument } from "./output/failure-document.ts";
import { isRefusalOfSystem } from "./refusal-of-system.ts";
import { writeStdout } from "./output/stdout.ts";

/**
 * Tells the person on stderr what went wrong, and the program that asked for JSON on stdout.
 *
 * @param args - The command line: it may be the very thing that could not be parsed.
 * @returns The exit code of the failure.
 */
export const reportFailure = async (error: unknown, args: readonly string[]): Promise<ExitCode> => {
  const failure = inOwnTerms(error);
  // Commander has already written its own message.
  if (!(error instanceof CommanderError)) process.stderr.write(`${described(failure, args.includes("--debug"))}\n`);
  if (wantsJson(args, process.env)) {
    // Where stdout cannot be written, the failure has been told on stderr.
    await writeStdout(`${JSON.stringify(failureDocument(failure), undefined, 2)}\n`).catch(() => {});
  }
  return exitCodeOf(failure);
};

const inOwnTerms = (error: unknown): unknown => {
  if (error instanceof CommanderError) return new UsageError(commanderMessage(error));
  return isRefusalOfSystem(error)
    ? new EnvironmentError(`This machine refused what is needed: ${error.message}`, { cause: error })
    : error;
};

const commanderMessage = ({ message }: CommanderError): string => message.replace(/^error: /, "");

const described = (failure: unknown, withStack: boolean): string => {
  if (!(failure instanceof Error)) return `error: ${String(failure)}`;
  if (withStack) return failure.stack ?? failure.message;
  if (failure instanceof TunerError) return `error: ${failure.message}`;
  if (isRefusalOfAws(failure)) return `error: AWS answered ${failure.name}: ${failure.message}`;
  return `error: ${failure.message} (a defect of lambda-tuner; --debug shows where)`;
};

const wantsJson = (args: readonly string[], environment: NodeJS.ProcessEnv): boolean => {
  const asked = args.flatMap((arg, index) => {
    if (arg === "--output" || arg === "-o") return [args[index + 1]];
    const [, value] = /^(?:--output=|-o)(.+)$/.exec(arg) ?? [];
    return value === undefined ? [] : [value];
  });
  return (asked.at(-1) ?? environment["LAMBDA_TUNER_OUTPUT"]) === "json";
};
