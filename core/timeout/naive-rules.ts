import type { CutShare } from "./cut-share.ts";
import { wholeSeconds } from "./whole-seconds.ts";

/** What a naive rule sets, and what that would cut off. */
export interface NaiveRule {
  readonly rule: string;
  readonly timeoutSeconds: number;
  /** From 0 to 1, at the recommended size. */
  readonly expectedCutShare: number;
}

/**
 * What the rules of thumb would set, and the share of healthy invocations that each would cut off.
 *
 * @param seen - p99 and maximum of what was seen, in milliseconds; p99 is absent when n supports none.
 * @param cutShare - At the recommended size.
 */
export const naiveRules = (
  seen: { readonly p99Ms?: number; readonly maxMs: number },
  cutShare: CutShare,
): NaiveRule[] => {
  const { p99Ms, maxMs } = seen;
  const settings: (readonly [string, number])[] = [
    ...(p99Ms === undefined
      ? []
      : ([
          ["p99 + 1 s", p99Ms + 1000],
          ["p99 + 2 s", p99Ms + 2000],
          ["2 x p99", 2 * p99Ms],
        ] as const)),
    ["1.5 x max", 1.5 * maxMs],
  ];
  return settings.map(([rule, ms]) => {
    const timeoutSeconds = wholeSeconds(ms);
    return { rule, timeoutSeconds, expectedCutShare: cutShare(timeoutSeconds * 1000) };
  });
};
