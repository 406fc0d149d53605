/**
 * Writes a result to stdout and waits until it is out.
 *
 * A reader that has gone away (`lambda-tuner report r.json | head -1`) is no failure: what it did not want is dropped.
 */
export const writeStdout = (text: string): Promise<void> =>
  new Promise((resolve, reject) => {
    process.stdout.write(text, (error) => {
      if (error === null || error === undefined || isClosedPipe(error)) resolve();
      else reject(error);
    });
  });

/** Keeps a closed stdout or stderr from crashing the program; call once, before anything is written. */
export const tolerateClosedPipes = (): void => {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on("error", (error: Error) => {
      if (!isClosedPipe(error)) throw error;
    });
  }
};

const isClosedPipe = (error: Error): boolean => "code" in error && (error.code === "EPIPE" || error.code === "EOF");
