import { dispatch } from "../../core/planning/dispatch.ts";
import { assumedBasis, type EstimateBasis } from "../../core/planning/estimate-basis.ts";
import { estimateInputOf } from "../../core/planning/estimate-input.ts";
import { estimateSpend } from "../../core/planning/estimate-spend.ts";
import { firstRound } from "../../core/planning/first-round.ts";
import type { Report } from "../../core/report/schema.ts";
import type { TuningRequest } from "../../core/request/schema.ts";
import type { Estimate } from "../../core/run/run-state.ts";
import { samplingContextOf } from "../../core/run/sampling-context.ts";
import type { Target } from "../../core/run/target.ts";
import { allowedSizes, countAllowedSizes } from "../../core/sampling/allowed-sizes.ts";
import type { Job, SamplingContext } from "../../core/sampling/decision.ts";
import type { FunctionHistory } from "../../local/endpoint/cloudwatch/production-history.ts";
import type { LocalSettings } from "../config/config-schema.ts";

/** What a run would do and cost, and what that rests on. */
export interface RunEstimate {
  readonly functionName: string;
  readonly method: "adaptive" | "fixed";
  /** The first round; with the method `fixed` it is the whole run. */
  readonly firstRound: readonly Job[];
  /** What later rounds may measure: the same sizes again, others of those asked for too, or any. Absent where none follows. */
  readonly laterRounds?: "same-sizes" | "listed-sizes" | "new-sizes";
  readonly estimate: Estimate;
  readonly region: string;
  readonly architecture: "x86_64" | "arm64";
  /** Whether the function is deployed, so that a run is charged. */
  readonly deployed: boolean;
  /** The earlier run whose durations the expected amounts rest on; `estimate.basis` says what they rest on without one. */
  readonly known?: { readonly durationMs: number; readonly memorySizeMb: number; readonly runId: string };
}

/**
 * Estimates a run of code on this machine before anything runs.
 *
 * @param latest - The last report on the function, whose durations make the estimate better.
 * @param history - What it has done in production, which comes first.
 */
export const estimateRun = (
  functionName: string,
  request: TuningRequest,
  local: LocalSettings,
  latest: Report | undefined,
  history?: FunctionHistory,
): RunEstimate => {
  const target = targetOf(functionName, local);
  const basis = history === undefined ? localBasis(local, latest) : recordedBasis(target, history);
  return { ...estimateOn(target, request, basis), deployed: false };
};

/**
 * What is known of the duration of code on this machine that has no past in production.
 *
 * @param latest - The last report on it.
 */
export const localBasis = ({ memorySizeMb }: LocalSettings, latest: Report | undefined): EstimateBasis =>
  basisOf(memorySizeMb, latest) ?? assumedBasis("code on this machine has no history before its first run");

/**
 * Estimates a run of a deployed function, as Plan will.
 *
 * @param production - What CloudWatch says of its duration, or why it says nothing.
 * @param latest - The last report on a function of that name, for when CloudWatch says nothing.
 */
export const estimateDeployed = (
  target: Target,
  request: TuningRequest,
  production: EstimateBasis,
  latest: Report | undefined,
): RunEstimate => {
  const earlier =
    latest?.functionArn === target.functionArn ? basisOf(target.original.memorySizeMb, latest) : undefined;
  const { reason } = production;
  const basis =
    production.kind === "production" || earlier === undefined
      ? production
      : { ...earlier, ...(reason === undefined ? {} : { reason }) };
  return { ...estimateOn(target, request, basis), deployed: true };
};

const estimateOn = (target: Target, request: TuningRequest, basis: EstimateBasis): Omit<RunEstimate, "deployed"> => {
  const { region, architecture, availableConcurrency = Infinity } = target;
  const sampling = samplingContextOf({ request, target });
  const { jobs, sizesAtOnce } = dispatch(
    firstRound(sampling),
    Math.max(1, Math.min(request.sampling.concurrency, availableConcurrency)),
  );
  const known = knownOf(basis);
  const laterRounds = laterRoundsOf(sampling, jobs);
  const estimate = estimateSpend(estimateInputOf(request, target, jobs, sizesAtOnce, basis));
  return {
    functionName: target.functionName,
    method: request.sampling.method,
    firstRound: jobs,
    ...(laterRounds === undefined ? {} : { laterRounds }),
    estimate,
    region,
    architecture,
    ...(known === undefined ? {} : { known }),
  };
};

const laterRoundsOf = (sampling: SamplingContext, jobs: readonly Job[]): RunEstimate["laterRounds"] => {
  const sizes = countAllowedSizes(sampling);
  if (sampling.sampling.method === "fixed" || sizes === 1) return undefined;
  if (jobs.length === sizes) return "same-sizes";
  return allowedSizes(sampling).listMb === undefined ? "new-sizes" : "listed-sizes";
};

/** The function as Plan would find it on the local endpoint. */
const targetOf = (functionName: string, local: LocalSettings): Target => ({
  functionArn: functionName,
  functionName,
  accountId: "123456789012",
  region: local.region,
  architecture: process.arch === "arm64" ? "arm64" : "x86_64",
  packageType: "Zip",
  snapStart: false,
  tracing: false,
  ephemeralStorageMb: 512,
  original: {
    memorySizeMb: local.memorySizeMb,
    timeoutSeconds: local.timeoutSeconds,
    description: "",
    codeSha256: "",
    settingsSha256: "",
  },
});

const recordedBasis = ({ original }: Target, { durationsMs, invocations, days }: FunctionHistory): EstimateBasis => ({
  kind: "production",
  durationMs: durationsMs.reduce((sum, ms) => sum + ms, 0) / durationsMs.length,
  memorySizeMb: original.memorySizeMb,
  invocations,
  lookbackDays: days,
});

/** The duration at the current size, or at the largest one measured. */
const basisOf = (currentMb: number, latest: Report | undefined): EstimateBasis | undefined => {
  const measured = latest?.measurements.filter(({ durationMs }) => durationMs !== undefined) ?? [];
  const best = measured.find(({ memorySizeMb }) => memorySizeMb === currentMb) ?? measured.at(-1);
  return latest === undefined || best?.durationMs === undefined
    ? undefined
    : {
        kind: "earlier-run",
        durationMs: best.durationMs.mean,
        memorySizeMb: best.memorySizeMb,
        runId: latest.run.id,
      };
};

const knownOf = ({ kind, durationMs, memorySizeMb, runId }: EstimateBasis): RunEstimate["known"] =>
  kind === "earlier-run" && runId !== undefined ? { durationMs, memorySizeMb, runId } : undefined;
