import { decodeSamples } from "../invocation/sample-codec.ts";
import { type BookedPrices, priceOf } from "../pricing/price-book.ts";
import type { Observation, TraceEvidence } from "../production/production-metrics.ts";
import { summariseProduction } from "../production/summarise-production.ts";
import { chooseSize, type SizeChoice } from "../recommendation/choose-size.ts";
import { classifyFunction } from "../recommendation/classify-function.ts";
import { memoryFinding } from "../recommendation/memory-finding.ts";
import type { RunState } from "../run/run-state.ts";
import { samplingContextOf } from "../run/sampling-context.ts";
import type { SamplingContext } from "../sampling/decision.ts";
import { occasionalTimeouts, type TimeoutCount } from "../sampling/occasional-timeouts.ts";
import { recommendTimeout } from "../timeout/recommend-timeout.ts";
import { timeoutFindings } from "../timeout/timeout-findings.ts";
import { describeWarning, type Warning } from "../warning.ts";
import { comparedWith } from "./compared-with.ts";
import { dropSamplesToFit } from "./drop-samples-to-fit.ts";
import { recommendationOptions } from "./recommendation-options.ts";
import { runRecord } from "./run-record.ts";
import { type Applied, type Model, type Report, type Restoration, schemaVersion } from "./schema.ts";
import { summariseSize } from "./summarise-size.ts";
import { givenCeiling, lowestCeiling } from "../timeout/caller-ceiling.ts";
import { healthyCutShare } from "../timeout/healthy-cut-share.ts";

/** All that a report is made from. */
export interface ReportInput {
  readonly state: RunState;
  readonly restoration: Restoration;
  /** What Observe found; absent when it could not run. */
  readonly observation?: Observation;
  readonly finishedAt: string;
  /** State transitions of the execution, retries included. */
  readonly transitions: number;
  /** Compute of our own functions in the run, in GB-seconds; 0 on the embedded engine. */
  readonly tunerGbSeconds: number;
  readonly toolVersion: string;
  /** How the CPU share was held, on the engine `local`. */
  readonly cpuBackend?: string;
  readonly applied?: Applied;
  readonly reportUri?: string;
}

/** Largest report that still travels through the state machine beside the rest of the state, in bytes of JSON. */
const reportLimitBytes = 180_000;

/**
 * Assembles the report of a run: Compute Optimizer's fields, then ours.
 *
 * Pure: the same input gives the same report. Single samples are left out, with a warning, when they would not fit.
 */
export const buildReport = (input: ReportInput): Report => {
  const { state, restoration, observation } = input;
  const { request, target } = state;
  const context = samplingContextOf(state);
  const { prices, warning: priceWarning } = priceOf(target.region, target.architecture);
  const measured = state.measurements.filter(({ outcome }) => outcome === "measured");
  const stopped = state.stopped ?? "plan-complete";
  const choice = chooseSize(context, state.measurements, stopped);
  const measurements = summaries(state, prices);
  const hanging = occasionalTimeouts(state.measurements);
  const timeoutRecommendation = choice === undefined ? undefined : timeoutOf(input, choice, hanging, context);
  const production =
    observation === undefined || choice === undefined
      ? undefined
      : summariseProduction({ observation, target, choice, measurements, prices });
  const { finding, reasonCodes } = memoryFinding({
    currentMb: target.original.memorySizeMb,
    ...(choice === undefined ? {} : { recommendedMb: choice.memorySizeMb }),
    tiedWithMb: choice?.tiedWithMb ?? [],
    conclusive: choice?.conclusive ?? false,
    isCompared: comparedWith({ measurements, currentMemorySize: target.original.memorySizeMb }) === "current",
    timeoutCodes: timeoutRecommendation === undefined ? [] : timeoutFindings(timeoutRecommendation, observation),
  });
  const warnings = [
    ...state.warnings,
    ...(priceWarning === undefined ? [] : [priceWarning]),
    ...(observation?.warnings ?? []),
    ...ceilingWarning(timeoutRecommendation),
    ...queueWarnings(timeoutRecommendation),
    ...sizeWarnings(state, hanging),
  ];
  return dropSamplesToFit(
    {
      functionArn: target.functionArn,
      functionVersion: target.qualifier ?? "$LATEST",
      accountId: target.accountId,
      currentMemorySize: target.original.memorySizeMb,
      numberOfInvocations: production?.invocations ?? 0,
      lookbackPeriodInDays: request.lookbackDays,
      finding,
      findingReasonCodes: reasonCodes,
      memorySizeRecommendationOptions: recommendationOptions(choice, measurements, target, production, prices),
      schemaVersion,
      tool: { name: "lambda-tuner", version: input.toolVersion },
      prices: {
        publicationDate: prices.publicationDate,
        region: prices.region,
        architecture: target.architecture,
        source: prices.source,
      },
      run: runRecord(input, prices),
      ...(choice === undefined || timeoutRecommendation === undefined
        ? {}
        : { recommendation: recommendationOf(choice, timeoutRecommendation.recommendedSeconds, state, stopped) }),
      measurements,
      ...(choice === undefined || measured.length < 2 ? {} : { model: modelOf(choice, measurements, observation) }),
      ...(timeoutRecommendation === undefined ? {} : { timeoutRecommendation }),
      ...(production === undefined ? {} : { production }),
      restoration,
      ...(input.applied === undefined ? {} : { applied: input.applied }),
      ...(input.reportUri === undefined ? {} : { reportUri: input.reportUri }),
      warnings: warnings.map((warning) => ({ ...warning, message: describeWarning(warning) })),
    },
    reportLimitBytes,
  );
};

const summaries = (state: RunState, prices: BookedPrices): Report["measurements"] =>
  [
    ...state.measurements.map((measurement) =>
      summariseSize(measurement, prices, {
        confidence: state.request.sampling.confidence,
        ephemeralStorageMb: state.target.ephemeralStorageMb,
        includeSamples: true,
      }),
    ),
    ...state.unavailable
      .filter(({ memorySizeMb }) => !state.measurements.some((known) => known.memorySizeMb === memorySizeMb))
      .map(({ memorySizeMb, reason }) => ({
        memorySizeMb,
        outcome: "unavailable" as const,
        errors: [{ type: "Unavailable", count: 1, example: reason }],
      })),
  ].toSorted((a, b) => a.memorySizeMb - b.memorySizeMb);

const recommendationOf = (
  choice: SizeChoice,
  timeoutSeconds: number,
  state: RunState,
  stopReason: NonNullable<RunState["stopped"]>,
): NonNullable<Report["recommendation"]> => {
  const { curve: _curve, waitShare: _wait, slopeBelowOneVcpu: _below, slopeAboveOneVcpu: _above, ...facts } = choice;
  return {
    ...facts,
    tiedWithMb: [...choice.tiedWithMb],
    explanation: [...choice.explanation],
    timeoutSeconds,
    objective: state.request.objective,
    stopReason,
  };
};

const timeoutOf = (
  input: ReportInput,
  choice: SizeChoice,
  hanging: readonly TimeoutCount[],
  { usdPerGbSecond, usdPerRequest, storageAsMemoryMb }: SamplingContext,
): Report["timeoutRecommendation"] => {
  const { state, observation } = input;
  const { request, target } = state;
  const samplesAt = (mb: number) =>
    decodeSamples(state.measurements.find(({ memorySizeMb }) => memorySizeMb === mb)?.samples ?? "");
  return recommendTimeout({
    policy: request.timeout,
    confidence: request.sampling.confidence,
    currentSeconds: target.original.timeoutSeconds,
    currentMb: target.original.memorySizeMb,
    recommendedMb: choice.memorySizeMb,
    samplesAtRecommended: samplesAt(choice.memorySizeMb),
    samplesAtCurrent: samplesAt(target.original.memorySizeMb),
    timeoutsInRun: hanging.reduce((sum, { timeouts }) => sum + timeouts, 0),
    ...(observation?.metrics === undefined ? {} : { production: observation.metrics }),
    ceilings: [
      ...(observation?.ceilings ?? []),
      ...(request.timeout.callerCeilingMs === undefined
        ? []
        : [{ caller: givenCeiling, ceilingMs: request.timeout.callerCeilingMs }]),
    ],
    ...(observation === undefined ? {} : { queues: observation.queues }),
    usdPerGbSecond,
    usdPerRequest,
    storageAsMemoryMb,
  });
};

const modelOf = (
  choice: SizeChoice,
  measurements: Report["measurements"],
  observation: Observation | undefined,
): Model => ({
  ...classifyFunction({
    curve: choice.curve,
    measurements,
    ...(observation?.traces === undefined ? {} : { downstreamShare: observation.traces.downstreamShare }),
  }),
  ...(observation?.traces === undefined ? {} : { downstream: downstreamOf(observation.traces) }),
  curve: [...choice.curve],
});

const downstreamOf = ({ traces, downstreamShare, services }: TraceEvidence): NonNullable<Model["downstream"]> => ({
  share: downstreamShare,
  traces,
  services: services.map(({ name, share }) => ({ name, share })),
});

const sizeWarnings = (state: RunState, hanging: readonly TimeoutCount[]): Warning[] => [
  ...hangingWarning(state, hanging),
  ...state.measurements
    .filter(
      ({ outcome, memorySizeMb }) =>
        outcome !== "measured" && !(outcome === "timed-out" && hangs(memorySizeMb, hanging)),
    )
    .map(({ memorySizeMb, outcome, errors }) => ({
      kind: "size-unusable" as const,
      memorySizeMb,
      outcome,
      ...(errors[0] === undefined ? {} : { example: errors[0].example }),
    })),
  ...state.unavailable.map(({ memorySizeMb, reason }) => ({
    kind: "size-unusable" as const,
    memorySizeMb,
    outcome: "unavailable",
    example: reason,
  })),
  ...failureWarning(state.measurements),
  ...throttleWarning(state.measurements.reduce((sum, { throttles }) => sum + throttles, 0)),
];

const hangs = (mb: number, hanging: readonly TimeoutCount[]): boolean =>
  hanging.some(({ memorySizeMb }) => memorySizeMb === mb);

const hangingWarning = ({ measurements, target }: RunState, hanging: readonly TimeoutCount[]): Warning[] =>
  hanging.length === 0
    ? []
    : [
        {
          kind: "occasional-timeouts",
          timeouts: hanging.reduce((sum, { timeouts }) => sum + timeouts, 0),
          invocations: invocationsOf(measurements),
          timeoutSeconds: target.original.timeoutSeconds,
          sizesMb: hanging.map(({ memorySizeMb }) => memorySizeMb),
        },
      ];

const failureWarning = (measurements: RunState["measurements"]): Warning[] => {
  const partly = measurements.filter(({ outcome }) => outcome === "measured");
  // Tails that could not be read, and timeouts of sizes that work, have warnings of their own.
  const [commonest] = failuresOf(partly)
    .filter(({ type, example }) => type !== "Sandbox.Timedout" && !/Task timed out after \d/.test(example))
    .toSorted((a, b) => b.count - a.count);
  if (commonest === undefined) return [];
  return [
    {
      kind: "invocations-failed",
      failed: failuresOf(measurements).reduce((sum, { count }) => sum + count, 0),
      invocations: invocationsOf(measurements),
      example: `${commonest.type}: ${commonest.example}`,
    },
  ];
};

const failuresOf = (measurements: RunState["measurements"]): RunState["measurements"][number]["errors"] =>
  measurements.flatMap((size) => size.errors).filter(({ type }) => type !== "UnreadableTail");

const invocationsOf = (measurements: RunState["measurements"]): number =>
  measurements.reduce((sum, { invocations }) => sum + invocations, 0);

/** What a caller's patience costs, where that is more than the recommendation promises. */
const ceilingWarning = (advice: Report["timeoutRecommendation"]): Warning[] => {
  const lowest = lowestCeiling(advice?.ceilings ?? [])?.ceiling;
  if (lowest === undefined || advice?.decidedBy !== "caller-ceiling") return [];
  const { recommendedSeconds: timeoutSeconds, expectedCutShare } = advice;
  return expectedCutShare > healthyCutShare
    ? [{ kind: "ceiling-cuts-off", ...lowest, timeoutSeconds, expectedCutShare }]
    : [];
};

const queueWarnings = (advice: Report["timeoutRecommendation"]): Warning[] =>
  (advice?.queues ?? []).flatMap(({ name: queue, visibilitySeconds, neededSeconds }) =>
    visibilitySeconds !== undefined && visibilitySeconds < neededSeconds
      ? [{ kind: "queue-visibility-short" as const, queue, visibilitySeconds, neededSeconds }]
      : [],
  );

const throttleWarning = (count: number): Warning[] => (count === 0 ? [] : [{ kind: "throttled", count }]);
