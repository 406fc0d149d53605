import type { Estimate } from "../run/run-state.ts";
import type { Job } from "../sampling/decision.ts";
import { requestLimits } from "../request/limits.ts";
import type { SnapStartPrices } from "../pricing/snapstart.ts";
import { type SnapshotUse, snapStartRunCharge } from "../pricing/snapstart-run-charge.ts";
import { invocationCharge } from "../sampling/spend.ts";
import { oneVcpuMb } from "../units.ts";
import { assumedBasis, type EstimateBasis } from "./estimate-basis.ts";
import {
  type Extent,
  invocationsOf,
  largestExtent,
  plannedExtent,
  type PlannedRun,
  usualExtent,
} from "./run-extent.ts";
import { transitionsOf } from "./transitions.ts";
import { versionsOf } from "./versions-of.ts";

/** What an estimate is made from. */
export interface EstimateInput extends PlannedRun {
  /** The target's own timeout: no invocation takes longer. */
  readonly timeoutSeconds: number;
  /** Prices of the target's region and architecture, in US dollars. */
  readonly prices: {
    readonly usdPerGbSecond: number;
    readonly usdPerRequest: number;
    readonly usdPerStateTransition: number;
  };
  /** Memory that costs as much as the target's ephemeral storage, in MB: every invocation pays for it. */
  readonly storageAsMemoryMb: number;
  /** What is known of the target's duration; by default it is assumed. */
  readonly basis?: EstimateBasis;
  /** What SnapStart charges for the versions of the run, where it charges anything. */
  readonly snapStart?: SnapStartPrices;
  /** Sizes measured at once. */
  readonly sizesAtOnce: number;
}

/** Between CPU-bound (1) and I/O-bound (0): how fast duration falls with the CPU share when nothing is known. */
const assumedSlope = 0.5;
/** What publishing one version takes, with its update before it. */
const secondsPerVersion = 4;

/**
 * What a run will cost and how long it will take, before anything runs.
 *
 * Expected: the usual number of invocations at a known duration, or at an assumed one of a second at 1,024 MB, carried
 * to each size half way between a function that computes and one that waits. The range goes from whichever of the two is
 * cheaper at each size to whichever is dearer. Worst case: as many invocations as the method may make, each as long as
 * the target's timeout.
 *
 * A spend limit caps what the target's invocations cost. One at each size is made in any case, since nothing else shows
 * what they cost, and at worst every one in flight, a lane each, takes until the timeout where none was foreseen to.
 *
 * @returns Amounts in US dollars: compute and requests of the target, snapshots, and state transitions.
 */
export const estimateSpend = (input: EstimateInput): Estimate => {
  const usual = usualExtent(input);
  const most = largestExtent(input);
  const basis = input.basis ?? assumedBasis();
  const capMs = input.timeoutSeconds * 1000;
  const computing = (mb: number): number => Math.min(capMs, basis.durationMs * (basis.memorySizeMb / mb));
  const waiting = (): number => Math.min(capMs, basis.durationMs);
  const expected = spend(input, usual, (mb) => Math.min(capMs, expectedMs(basis, mb)));
  const least = spend(input, usual, (mb) => Math.min(computing(mb), waiting()));
  const dearest = spend(input, usual, (mb) => Math.max(computing(mb), waiting()));
  const worst = spend(input, most, () => capMs);
  const limitUsd = input.budget.maxUsd ?? Number.POSITIVE_INFINITY;
  const limitedUsd = ({ targetUsd, besideUsd, firstCallsUsd }: Spend): number =>
    Math.min(targetUsd, Math.max(limitUsd, firstCallsUsd)) + besideUsd;
  const worstUsd = Math.min(worst.targetUsd, limitUsd + worst.callsInFlightUsd) + worst.besideUsd;
  const expectedUsd = limitedUsd(expected);
  return {
    invocations: usual.invocations,
    expectedUsd,
    worstCaseUsd: Math.max(worstUsd, expectedUsd),
    expectedSeconds: expected.seconds,
    worstCaseSeconds: Math.max(worst.seconds, expected.seconds),
    expectedRangeUsd: { lower: limitedUsd(least), upper: limitedUsd(dearest) },
    basis,
  };
};

/** The least that the first round costs, in US dollars: fees alone, as if every invocation took no time. */
export const leastSpendUsd = (input: EstimateInput): number => {
  const { targetUsd, besideUsd } = spend(input, plannedExtent(input), () => 1);
  return targetUsd + besideUsd;
};

const expectedMs = ({ durationMs, memorySizeMb }: EstimateBasis, atMb: number): number =>
  durationMs * (Math.min(memorySizeMb, oneVcpuMb) / Math.min(atMb, oneVcpuMb)) ** assumedSlope;

/** What a run comes to, in US dollars and seconds. */
interface Spend {
  /** Of the target's invocations. */
  readonly targetUsd: number;
  /** Of state transitions and snapshots. */
  readonly besideUsd: number;
  /** Of one invocation at each size. */
  readonly firstCallsUsd: number;
  /** Of one invocation of each lane at each size. */
  readonly callsInFlightUsd: number;
  readonly seconds: number;
}

/** Spreads the invocations over the first round's sizes in its own proportions: later rounds are not known yet. */
const spend = (
  { jobs, prices, storageAsMemoryMb, sizesAtOnce, snapStart }: EstimateInput,
  { invocations, rounds, sizes }: Extent,
  durationMsAt: (memorySizeMb: number) => number,
): Spend => {
  const planned = invocationsOf(jobs);
  const scale = planned === 0 ? 0 : invocations / planned;
  const chargeUsd = (callsOf: (job: Job) => number): number =>
    jobs.reduce((sum, job) => {
      const { memorySizeMb } = job;
      const perCall = invocationCharge(memorySizeMb, durationMsAt(memorySizeMb), { ...prices, storageAsMemoryMb });
      return sum + callsOf(job) * perCall;
    }, 0);
  const sequentialSeconds = jobs.reduce(
    (sum, job) => sum + (invocationsOf([job]) / job.lanes) * (durationMsAt(job.memorySizeMb) / 1000),
    0,
  );
  const transitions = transitionsOf({ rounds, sizesPerRound: jobs.length });
  const plannedVersions = jobs.reduce((sum, job) => sum + versionsOf(job), 0);
  const versions = Math.min(requestLimits.versions, (plannedVersions * sizes) / jobs.length);
  const snapshots =
    snapStart === undefined
      ? 0
      : (snapStartRunCharge(jobs.flatMap(snapshotsOf), 0, snapStart) * versions) / plannedVersions;
  return {
    targetUsd: chargeUsd((job) => invocationsOf([job])) * scale,
    besideUsd: transitions * prices.usdPerStateTransition + snapshots,
    firstCallsUsd: chargeUsd(() => 1),
    callsInFlightUsd: chargeUsd(({ lanes }) => lanes),
    seconds: (sequentialSeconds * scale) / Math.max(1, sizesAtOnce) + versions * secondsPerVersion,
  };
};

/** Every version of a size has a snapshot; how its restores fall to them does not matter to the sum. */
const snapshotsOf = (job: Job): SnapshotUse[] =>
  Array.from({ length: versionsOf(job) }, (_, index) => ({
    memorySizeMb: job.memorySizeMb,
    restores: index === 0 ? job.lanes + job.cold : 0,
  }));
