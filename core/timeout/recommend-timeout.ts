import type { TimeoutRecommendation } from "../report/schema.ts";
import { highestBoundedQuantile } from "../statistics/highest-bounded-quantile.ts";
import { boundedRiskTimeout } from "./bounded-risk.ts";
import { explainTimeout } from "./explain-timeout.ts";
import { naiveRules } from "./naive-rules.ts";
import { p99BasedTimeout } from "./p99-based.ts";
import { queueAdvice, queueCeilings } from "./queue-visibility.ts";
import { runawayChargeUsd } from "./runaway-charge.ts";
import { settleTimeout } from "./settle-timeout.ts";
import { gatherEvidence } from "./timeout-evidence.ts";
import type { TimeoutInput } from "./timeout-input.ts";

/**
 * Recommends a timeout: two numbers, the one that is recommended, and why.
 *
 * p99-based: an upper bound of p99 plus a margin. Bounded risk: at most 1 healthy invocation in 10,000 cut off, never
 * below the p99-based one; it is recommended unless the policy is `p99`. Both rest on production's durations carried to
 * the recommended size, on the tuning samples where production shows too little. Then what is known better than any
 * statistic has its say: timeouts that already happen, and callers that give up earlier.
 *
 * @throws RangeError when there is neither a healthy sample nor a production invocation.
 * @see docs/timeouts.md
 */
export const recommendTimeout = (input: TimeoutInput): TimeoutRecommendation => {
  const evidence = gatherEvidence(input);
  const p99Based = p99BasedTimeout(evidence, input);
  const risk = boundedRiskTimeout(evidence, input);
  const { queues = [] } = input;
  const ceilings = [...input.ceilings, ...queueCeilings(queues)];
  const settled = settleTimeout({ ...input, ceilings }, evidence, p99Based, risk);
  const wanted = queues.length === 0 ? settled : settleTimeout(input, evidence, p99Based, risk);
  const { cutShare, currentCutShare, seen, slowdown } = evidence;
  const timeoutsSeen = evidence.timeoutsInRun + evidence.timeoutsInProduction;
  const boundedRiskSeconds = Math.max(risk.seconds, p99Based.seconds);
  const facts = {
    currentSeconds: input.currentSeconds,
    recommendedSeconds: settled.seconds,
    p99BasedSeconds: p99Based.seconds,
    boundedRiskSeconds,
    policy: input.policy.policy,
    provisional: evidence.provisional,
    decidedBy: settled.decidedBy,
    upperBoundMs: (input.policy.policy === "p99" ? p99Based : risk).bound.upperMs,
    supportedPercentile: 100 * highestBoundedQuantile(evidence.n, input.confidence),
    n: evidence.n,
    marginMs: input.policy.marginMs,
    ceilings,
    ...(queues.length === 0 ? {} : { queues: queueAdvice(queues, wanted.seconds) }),
    expectedCutShare: cutShare(settled.seconds * 1000),
    p99BasedCutShare: cutShare(p99Based.seconds * 1000),
    boundedRiskCutShare: cutShare(boundedRiskSeconds * 1000),
    naiveRules: naiveRules(evidence.forRulesOfThumb, cutShare),
    maxChargeOfARunawayUsd: {
      current: runawayChargeUsd(input.currentSeconds, input.currentMb, input),
      recommended: runawayChargeUsd(settled.seconds, input.recommendedMb, input),
    },
    ...(seen.p99Ms === undefined ? {} : { currentP99Ms: seen.p99Ms }),
    ...(timeoutsSeen > 0 ? { timeoutsSeen } : {}),
    ...(settled.censored ? { censored: true } : {}),
    ...(input.currentMb === input.recommendedMb
      ? {}
      : { slowdown: { expected: slowdown.expected, upper: slowdown.upper } }),
    currentCutShare: currentCutShare(input.currentSeconds * 1000),
    keptCutShare: cutShare(input.currentSeconds * 1000),
  };
  const { bound } = settled.decidedBy === "p99-based" ? p99Based : risk;
  return { ...facts, explanation: explainTimeout(facts, evidence, input, bound) };
};
