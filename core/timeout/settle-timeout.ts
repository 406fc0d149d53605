import { timeoutLimitsSeconds } from "../units.ts";
import { boundRank } from "./bound-rank.ts";
import type { BoundedRisk } from "./bounded-risk.ts";
import { lowestCeiling } from "./caller-ceiling.ts";
import { healthyCutShare } from "./healthy-cut-share.ts";
import type { TimeoutEvidence } from "./timeout-evidence.ts";
import type { TimeoutInput } from "./timeout-input.ts";

/** Factor on a timeout that cuts off an unknown tail: long enough to show it next time. */
const censoredFactor = 2;

/** What is set, and what decided it. */
export interface SettledTimeout {
  readonly seconds: number;
  readonly decidedBy: string;
  /** Timeouts hide how long invocations would have run: the history says less than it seems to. */
  readonly censored: boolean;
}

/**
 * Turns what the policy asks into a setting, in the order in which reasons outrank each other.
 *
 * The policy's number; not lowered while production shows too few invocations for it; not raised on samples alone by which
 * the current one is expected to suffice; not lowered where invocations end at the timeout, and doubled where that hides the
 * quantile in question; and never longer than the caller waits.
 */
export const settleTimeout = (
  input: Pick<TimeoutInput, "policy" | "currentSeconds" | "ceilings" | "confidence">,
  evidence: SettlingEvidence,
  p99Based: { readonly seconds: number },
  risk: BoundedRisk,
): SettledTimeout => {
  const censored = isCensored(evidence, input.confidence);
  const asked = byPolicy(input, p99Based, risk);
  const kept = censored ? widen(asked, input.currentSeconds) : keep(asked, evidence, input.currentSeconds, p99Based);
  const lowest = lowestCeiling(input.ceilings);
  const settled =
    lowest !== undefined && kept.seconds > lowest.maxSeconds
      ? { seconds: lowest.maxSeconds, decidedBy: "caller-ceiling" }
      : kept;
  return { ...settled, censored };
};

type SettlingEvidence = Pick<
  TimeoutEvidence,
  "production" | "provisional" | "timeoutsInRun" | "timeoutsInProduction" | "cutShare"
>;

interface Choice {
  readonly seconds: number;
  readonly decidedBy: string;
}

const byPolicy = (
  { policy }: Pick<TimeoutInput, "policy">,
  p99Based: { readonly seconds: number },
  risk: BoundedRisk,
): Choice =>
  policy.policy === "p99" || p99Based.seconds > risk.seconds
    ? { seconds: p99Based.seconds, decidedBy: "p99-based" }
    : { seconds: risk.seconds, decidedBy: risk.decidedBy };

/**
 * Timeouts hide the quantile in question when the run itself saw one, or when production's bound is one of the
 * invocations that were cut off.
 */
const isCensored = (
  { production, timeoutsInRun, timeoutsInProduction }: SettlingEvidence,
  confidence: number,
): boolean => {
  if (timeoutsInRun > 0) return true;
  const rank = boundRank(production?.sampleCount ?? 0, healthyCutShare, confidence) ?? 1;
  return timeoutsInProduction >= rank;
};

const widen = (asked: Choice, currentSeconds: number): Choice => {
  const doubled = Math.min(timeoutLimitsSeconds.max, censoredFactor * currentSeconds);
  return doubled >= asked.seconds ? { seconds: doubled, decidedBy: "censored" } : asked;
};

const keep = (
  asked: Choice,
  evidence: SettlingEvidence,
  currentSeconds: number,
  p99Based: { readonly seconds: number },
): Choice => {
  const { production, provisional, timeoutsInProduction } = evidence;
  if (
    asked.seconds > currentSeconds &&
    currentSeconds >= p99Based.seconds &&
    suffices(asked, evidence, currentSeconds)
  ) {
    return { seconds: currentSeconds, decidedBy: "current-suffices" };
  }
  if (asked.seconds >= currentSeconds) return asked;
  if (timeoutsInProduction > 0) return { seconds: currentSeconds, decidedBy: "timeouts-seen" };
  const tooLittle = provisional && production !== undefined;
  return tooLittle ? { seconds: currentSeconds, decidedBy: "little-production-data" } : asked;
};

/** Warm samples say nothing of cold starts, nor of what production has shown. */
const suffices = ({ decidedBy }: Choice, { production, cutShare }: SettlingEvidence, currentSeconds: number): boolean =>
  decidedBy === "samples-only" && production === undefined && cutShare(currentSeconds * 1000) <= healthyCutShare;
