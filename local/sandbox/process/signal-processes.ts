/**
 * Signals an environment: its process group in one call, and those who have left it one by one.
 *
 * @param leaderId - Leader of the group; `undefined` when nothing was started.
 * @param members - All processes known, in the group or not.
 */
export const signalProcesses = (
  leaderId: number | undefined,
  members: readonly number[],
  signal: NodeJS.Signals,
): void => {
  if (leaderId !== undefined) send(-leaderId, signal);
  for (const id of members) if (id !== leaderId) send(id, signal);
};

const send = (id: number, signal: NodeJS.Signals): void => {
  try {
    process.kill(id, signal);
  } catch {
    // It is gone: signalling races with ending.
  }
};
