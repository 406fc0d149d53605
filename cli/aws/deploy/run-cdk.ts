import { spawn } from "node:child_process";
import { DeploymentFailedError } from "../../errors/deployment-failed-error.ts";
import { EnvironmentError } from "../../errors/environment-error.ts";
import { InterruptedError } from "../../errors/interrupted-error.ts";
import type { AwsSettings } from "../aws-settings.ts";
import type { Command } from "./cdk-command.ts";

/**
 * Runs the CDK on this terminal. All it says goes to stderr: stdout is for the result.
 *
 * @throws {@link DeploymentFailedError} when it fails, {@link EnvironmentError} when it cannot be started.
 */
export const runCdk = async ({ program, args }: Command, settings: AwsSettings): Promise<void> => {
  const stopIgnoring = ignoreSignals();
  const child = spawn(program, args, {
    stdio: ["inherit", process.stderr, process.stderr],
    env: { ...process.env, CDK_DISABLE_CLI_TELEMETRY: "true", ...regionVariable(settings) },
    shell: process.platform === "win32",
  });
  try {
    await new Promise<void>((resolve, reject) => {
      child.once("error", (error) => {
        reject(new EnvironmentError(`${program} could not be started (${error.message}). Install Node.js with npm.`));
      });
      child.once("close", (code, signal) => {
        if (code === 0) resolve();
        else reject(failureOf(code, signal, program, args));
      });
    });
  } finally {
    stopIgnoring();
  }
};

const regionVariable = ({ region }: AwsSettings): Record<string, string> =>
  region === undefined ? {} : { AWS_REGION: region };

const failureOf = (
  code: number | null,
  signal: NodeJS.Signals | null,
  program: string,
  args: readonly string[],
): Error =>
  signal === "SIGINT" || signal === "SIGTERM"
    ? new InterruptedError(signal, "The CDK was interrupted. CloudFormation goes on with what it has begun.")
    : new DeploymentFailedError(
        [
          `The CDK ended with ${signal ?? `exit code ${code}`}; its messages are above.`,
          ...(args.includes("deploy")
            ? [
                "An account and region that the CDK has never been used in are prepared once, with: npx aws-cdk@2 bootstrap.",
              ]
            : []),
          ...(program === "npx"
            ? [
                "Where npx cannot fetch the CDK, install it here beforehand (npm install aws-cdk@2), or take the plain template: lambda-tuner synth --to <folder>.",
              ]
            : []),
        ].join(" "),
      );

/** The terminal sends Ctrl-C to the child too, which decides what it means. */
const ignoreSignals = (): (() => void) => {
  const ignore = () => undefined;
  process.on("SIGINT", ignore);
  return () => process.off("SIGINT", ignore);
};
