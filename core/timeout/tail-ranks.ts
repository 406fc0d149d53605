import { boundRank } from "./bound-rank.ts";
import { healthyCutShare } from "./healthy-cut-share.ts";

/**
 * Which of production's slowest invocations to ask for: those the rules need exactly, and a ladder that draws the tail.
 *
 * @param n - Invocations in the look-back, 1 or more.
 * @param percentile - Of the p99-based rule, from 50 to 99.9.
 * @param confidence - Above 0 and below 1.
 * @returns Ranks from the top, ascending and without repeats, from 1 to at most 5 % of n; about 30.
 */
export const tailRanks = (n: number, percentile: number, confidence: number): readonly number[] => {
  const percentileShare = 1 - percentile / 100;
  const wanted = [
    boundRank(n, healthyCutShare, confidence) ?? 1,
    Math.max(1, Math.round(n * healthyCutShare)),
    boundRank(n, percentileShare, confidence) ?? 1,
    ...ladder(n * ladderShare),
  ];
  return [...new Set(wanted)].filter((rank) => rank <= n).sort((a, b) => a - b);
};

/** The ladder reaches down to p95: below it the ordinary percentiles draw the distribution well enough. */
const ladderShare = 0.05;

const ladder = (deepest: number): number[] => {
  const ranks = [1];
  for (let rank = 2; rank <= deepest; rank = Math.ceil(rank * 1.6)) ranks.push(rank);
  return ranks;
};
