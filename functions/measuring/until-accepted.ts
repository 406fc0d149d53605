import type { SizeRun } from "./size-run.ts";

/** Refused before anything ran. */
interface Throttled {
  readonly kind: "throttled";
}

/**
 * Makes a call, again for as long as it is throttled.
 *
 * @returns What became of it, or nothing when it was throttled until waiting had no point or there was no time left.
 */
export const untilAccepted = async <Answer extends { readonly kind: string }>(
  run: SizeRun,
  call: () => Promise<Answer | Throttled>,
): Promise<Exclude<Answer, Throttled> | undefined> => {
  do {
    if (!(await run.backOff.ready((ms) => run.time.mayWait(ms), run.signal))) return undefined;
    const answer = await call();
    if (isAccepted(answer)) {
      run.backOff.accepted();
      return answer;
    }
    run.tally.throttled();
    run.backOff.throttled();
  } while (!run.backOff.isExhausted);
  return undefined;
};

const isAccepted = <Answer extends { readonly kind: string }>(
  answer: Answer | Throttled,
): answer is Exclude<Answer, Throttled> => answer.kind !== "throttled";
