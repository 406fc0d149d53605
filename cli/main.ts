#!/usr/bin/env node
import { CommanderError } from "@commander-js/extra-typings";
import { buildProgram } from "./build-program.ts";
import { type ExitCode, exitCodes } from "./exit-codes.ts";
import { tolerateUnwritableStreams, writeStdout } from "./output/stdout.ts";

const main = async (args: readonly string[]): Promise<ExitCode> => {
  try {
    return await run(args);
  } catch (error) {
    const { reportFailure } = await import("./report-failure.ts");
    return await reportFailure(error, args);
  }
};

const run = async (args: readonly string[]): Promise<ExitCode> => {
  let code: ExitCode = exitCodes.done;
  let shown = "";
  const program = await buildProgram(args, {
    finish: (finished) => {
      code = finished;
    },
    show: (text) => {
      shown += text;
    },
  });
  if (args.length === 0) program.help({ error: true });
  try {
    await program.parseAsync(args, { from: "user" });
  } catch (error) {
    // Help and version are thrown too, with exit code 0.
    if (!(error instanceof CommanderError && error.exitCode === 0)) throw error;
    await writeStdout(shown);
  }
  return code;
};

tolerateUnwritableStreams();
process.exitCode = await main(process.argv.slice(2));
