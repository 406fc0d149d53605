import { ExecutionDoesNotExist } from "@aws-sdk/client-sfn";
import type { HostEvent } from "../../../local/endpoint/execution-host.ts";
import type { AwsSession } from "./aws-session.ts";
import { HistoryReader, isEnd } from "./history-events.ts";
import { HistoryPages } from "./history-pages.ts";
import { pause } from "./pause.ts";
import { persistently } from "./persistently.ts";

/** Who listens to a run. */
export interface Follower {
  readonly signal: AbortSignal;
  readonly onEvent: (event: HostEvent) => void;
  readonly say: (line: string) => void;
  /** Whether the run was started just now: Step Functions may not know it yet. */
  readonly isNew: boolean;
}

const shortestPauseMs = 400;
const longestPauseMs = 5000;
/** How long a new execution may stay unknown to the calls that read: they are eventually consistent. */
const newRunPatienceMs = 60_000;

/** Tells a run's events as they happen, until the run has ended. The quieter it is, the less often it is asked. */
export const followRun = async (session: AwsSession, executionArn: string, follower: Follower): Promise<void> => {
  const { signal, onEvent, say, isNew } = follower;
  const pages = new HistoryPages(session, executionArn);
  const reader = new HistoryReader();
  const startedAt = performance.now();
  const passes = (error: unknown): boolean =>
    isNew && error instanceof ExecutionDoesNotExist && performance.now() - startedAt < newRunPatienceMs;
  let pauseMs = shortestPauseMs;
  for (;;) {
    const { events, more } = await persistently(() => pages.next(signal), { signal, say, passes });
    for (const event of events) {
      const told = reader.read(event);
      if (told !== undefined) onEvent(told);
    }
    if (events.some(isEnd)) return;
    if (more) continue;
    pauseMs = events.length > 0 ? shortestPauseMs : Math.min(longestPauseMs, pauseMs * 1.5);
    await pause(pauseMs, signal);
  }
};
