#!/usr/bin/env node
import { CommanderError } from "@commander-js/extra-typings";
import { buildProgram } from "./build-program.ts";
import { type ExitCode, exitCodes } from "./exit-codes.ts";
import { tolerateClosedPipes } from "./output/stdout.ts";

const main = async (args: readonly string[]): Promise<ExitCode> => {
  let code: ExitCode = exitCodes.done;
  try {
    const program = await buildProgram(args, (finished) => {
      code = finished;
    });
    if (args.length === 0) program.help({ error: true });
    await program.parseAsync(args, { from: "user" });
    return code;
  } catch (error) {
    // Help and version are thrown too, with exit code 0.
    if (error instanceof CommanderError && error.exitCode === 0) return exitCodes.done;
    const { reportFailure } = await import("./report-failure.ts");
    return await reportFailure(error, args);
  }
};

tolerateClosedPipes();
process.exitCode = await main(process.argv.slice(2));
