import { InterruptedError } from "./errors/interrupted-error.ts";
import { exitCodeOf } from "./exit-codes.ts";

type Signal = InterruptedError["signal"];

const signals: readonly Signal[] = ["SIGINT", "SIGTERM"];

/** What to say when a person interrupts. */
export interface Interruption {
  /** At the first signal, while the work cleans up after itself. */
  readonly onFirst: () => void;
  /** At the second one, right before the process ends: what is left and how to repair it. */
  readonly onSecond: (error: InterruptedError) => void;
}

/**
 * Does work that Ctrl-C or SIGTERM stops: the first signal aborts the work, which then cleans up; the second ends the
 * process at once.
 *
 * @throws {@link InterruptedError} when a signal came before the work was done.
 */
export const interruptible = async <Result>(
  work: (signal: AbortSignal) => Promise<Result>,
  { onFirst, onSecond }: Interruption,
): Promise<Result> => {
  const controller = new AbortController();
  let received: Signal | undefined;
  const onSignal = (signal: Signal) => {
    if (received !== undefined) {
      const error = new InterruptedError(received, "Ended at once, in the middle of cleaning up.");
      onSecond(error);
      process.exit(exitCodeOf(error));
    }
    received = signal;
    onFirst();
    controller.abort(new InterruptedError(signal, "Stopped before the run was started."));
  };
  for (const signal of signals) process.on(signal, onSignal);
  try {
    return await work(controller.signal);
  } catch (error) {
    if (received === undefined || error instanceof InterruptedError) throw error;
    const message = error instanceof Error ? error.message : String(error);
    throw new InterruptedError(received, message, { cause: error });
  } finally {
    for (const signal of signals) process.off(signal, onSignal);
  }
};
