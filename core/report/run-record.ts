import { decodeSamples } from "../invocation/sample-codec.ts";
import { invocationCharge } from "../pricing/invocation-charge.ts";
import { snapStartPricesOf } from "../pricing/snapstart.ts";
import { snapStartRunCharge } from "../pricing/snapstart-run-charge.ts";
import { transitionCharge } from "../pricing/transition-charge.ts";
import type { BookedPrices } from "../pricing/price-book.ts";
import type { ReportInput } from "./build-report.ts";
import type { Report } from "./schema.ts";

const millisecondsPerSecond = 1000;

/** What the run did and what it cost: counts, billed GB-seconds, estimate against actual. */
export const runRecord = (input: ReportInput, prices: BookedPrices): Report["run"] => {
  const { state } = input;
  const samples = state.measurements.flatMap(({ memorySizeMb, samples: encoded }) =>
    decodeSamples(encoded).map((sample) => ({ ...sample, memorySizeMb })),
  );
  const invocations = state.measurements.reduce((sum, measurement) => sum + measurement.invocations, 0);
  const invocationsUsd = samples.reduce(
    (sum, { billedMs, memorySizeMb }) =>
      sum + invocationCharge({ billedMs, memorySizeMb, ephemeralStorageMb: state.target.ephemeralStorageMb }, prices),
    0,
  );
  const tunerFunctions = input.tunerGbSeconds * prices.usdPerGbSecond;
  const stateTransitions = state.run.engine === "aws" ? transitionCharge(input.transitions, prices) : 0;
  const wallSeconds = (Date.parse(input.finishedAt) - Date.parse(state.run.startedAt)) / millisecondsPerSecond;
  const snapStart = snapStartCharge(state, wallSeconds, prices);
  return {
    id: state.run.id,
    engine: state.run.engine,
    ...(input.cpuBackend === undefined ? {} : { cpuBackend: input.cpuBackend }),
    startedAt: state.run.startedAt,
    finishedAt: input.finishedAt,
    wallSeconds,
    rounds: state.round,
    invocations,
    coldStarts: samples.filter(({ cold }) => cold).length,
    failedInvocations: invocations - samples.filter(({ status }) => status === "ok").length,
    billedGbSeconds: samples.reduce(
      (sum, { billedMs, memorySizeMb }) => sum + (billedMs / 1000) * (memorySizeMb / 1024),
      0,
    ),
    stateTransitions: input.transitions,
    cost: {
      currency: "USD",
      estimated: estimated(state.estimate),
      actual: {
        invocations: invocationsUsd,
        tunerFunctions,
        stateTransitions,
        ...(snapStart === undefined ? {} : { snapStart }),
        total: invocationsUsd + tunerFunctions + stateTransitions + (snapStart ?? 0),
      },
    },
    request: publicRequest(state.request),
    seed: state.request.seed,
  };
};

const estimated = ({
  expectedUsd,
  worstCaseUsd,
  expectedRangeUsd,
  basis,
}: ReportInput["state"]["estimate"]): Report["run"]["cost"]["estimated"] => ({
  expected: expectedUsd,
  worstCase: worstCaseUsd,
  ...(expectedRangeUsd === undefined ? {} : { expectedRange: expectedRangeUsd }),
  ...(basis === undefined ? {} : { basis }),
});

/** Every cold start of a size is a restore of one of its versions: which of them does not matter to the sum. */
const snapStartCharge = (
  { target, versions, measurements }: ReportInput["state"],
  seconds: number,
  prices: BookedPrices,
): number | undefined => {
  const snapStart = snapStartPricesOf(target, prices);
  if (snapStart === undefined) return undefined;
  const used = versions.map(({ memorySizeMb }, index) => {
    const isFirst = versions.findIndex((version) => version.memorySizeMb === memorySizeMb) === index;
    const measured = isFirst ? measurements.find((size) => size.memorySizeMb === memorySizeMb) : undefined;
    const restores = decodeSamples(measured?.samples ?? "").filter(({ cold }) => cold).length;
    return { memorySizeMb, restores };
  });
  return snapStartRunCharge(used, seconds, snapStart.prices);
};

/** The request as it may be stored: payloads only when it says so itself. */
const publicRequest = (request: ReportInput["state"]["request"]): Report["run"]["request"] => {
  const { payloads, ...rest } = request;
  const shown = request.logPayloads ? { ...rest, payloads } : rest;
  return JSON.parse(JSON.stringify(shown)) as Report["run"]["request"];
};
