/** Waits for Ctrl-C or SIGTERM; after that, another one ends the process as usual. */
export const untilSignal = (): Promise<void> =>
  new Promise((resolve) => {
    const stop = () => {
      for (const signal of signals) process.off(signal, stop);
      resolve();
    };
    for (const signal of signals) process.on(signal, stop);
  });

const signals = ["SIGINT", "SIGTERM"] as const;
