import { EnvironmentError } from "../errors/environment-error.ts";

/**
 * Writes a result to stdout and waits until it is out.
 *
 * A reader that has gone away (`lambda-tuner report r.json | head -1`) is no failure: what it did not want is dropped.
 *
 * @throws {@link EnvironmentError} when stdout takes no more: the disk that it leads to is full, for instance.
 */
export const writeStdout = (text: string): Promise<void> =>
  new Promise((resolve, reject) => {
    process.stdout.write(text, (error) => {
      if (error === null || error === undefined || isClosedPipe(error)) resolve();
      else reject(unwritable(error));
    });
  });

/**
 * Keeps a stdout or stderr that cannot be written from crashing the program; call once, before anything is written.
 * Who writes a result is told by {@link writeStdout}; that notes cannot be shown is nothing that could be shown.
 */
export const tolerateUnwritableStreams = (): void => {
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {});
};

const isClosedPipe = (error: Error): boolean => "code" in error && (error.code === "EPIPE" || error.code === "EOF");

const unwritable = (cause: Error): EnvironmentError =>
  new EnvironmentError(
    `stdout could not be written (${cause.message}). Free room where it leads, or send it elsewhere.`,
    { cause },
  );
