import { EnvironmentError } from "../../errors/environment-error.ts";
import { isPassing } from "../failure-kinds.ts";
import { pause } from "./pause.ts";

/** How a call is repeated while AWS cannot be reached. */
export interface Persistence {
  readonly signal: AbortSignal;
  /** Told once when the connection is lost, and once when it is back. */
  readonly say: (line: string) => void;
  /** Whether a failure passes by itself, beside those of the connection. */
  readonly passes?: (error: unknown) => boolean;
  /** Default: a quarter of an hour. */
  readonly patienceMs?: number;
}

const firstPauseMs = 500;
const longestPauseMs = 30_000;
const quarterOfAnHourMs = 900_000;

/** Repeats a call that changes nothing until AWS answers: a run in AWS goes on while a laptop sleeps. */
export const persistently = async <Answer>(
  call: () => Promise<Answer>,
  { signal, say, passes = () => false, patienceMs = quarterOfAnHourMs }: Persistence,
): Promise<Answer> => {
  const startedAt = performance.now();
  let pauseMs = firstPauseMs;
  let told = false;
  for (;;) {
    try {
      const answer = await call();
      if (told) say("Connected again.");
      return answer;
    } catch (error) {
      signal.throwIfAborted();
      const cause = error instanceof EnvironmentError ? error.cause : error;
      const isLost = isPassing(cause);
      if ((!isLost && !passes(error)) || performance.now() - startedAt > patienceMs) throw error;
      if (isLost && !told) {
        say(
          `No answer from AWS (${cause instanceof Error ? cause.message : String(cause)}). The run goes on there; trying again.`,
        );
        told = true;
      }
    }
    await pause(pauseMs, signal);
    pauseMs = Math.min(longestPauseMs, pauseMs * 2);
  }
};
