import { chooseSize } from "../../../core/recommendation/choose-size.ts";
import type { Objective } from "../../../core/request/schema.ts";
import type { SamplingContext, StopReason } from "../../../core/sampling/decision.ts";
import { nextRound } from "../../../core/sampling/next-round.ts";
import { SimulatedPlatform } from "../platform.ts";
import type { SimulatedFunction } from "../simulated-function.ts";
import type { Method } from "./method.ts";

/** Rounds after which a run that does not end by itself is a defect. */
const roundsAtMost = 50;

type ObjectiveOf = (simulated: SimulatedFunction, seeds: readonly number[]) => Objective;

/** This project's method. */
export const adaptive = (preset: SamplingContext["sampling"]["preset"], objectiveOf: ObjectiveOf): Method =>
  asked({ sampling: { method: "adaptive", preset }, memory: { minMb: 128, maxMb: 10_240 } }, objectiveOf);

/** Sizes that people name. */
const planMb = [128, 256, 512, 1024, 1769, 3008];

/** The method `fixed` of this project: so many warm calls at each size of a plan, in one round. */
export const fixedPlan = (invocationsPerSize: number): Method =>
  asked({ sampling: { method: "fixed", preset: "standard", invocationsPerSize }, memory: { sizesMb: planMb } }, () => ({
    kind: "cost",
  }));

/** What of a request differs between methods. */
interface Asked {
  readonly sampling: Pick<SamplingContext["sampling"], "method" | "preset" | "invocationsPerSize">;
  readonly memory: SamplingContext["memory"];
}

/** Driven by the very modules that the state machine calls. */
const asked =
  (request: Asked, objectiveOf: ObjectiveOf): Method =>
  (simulated, seeds) => {
    const platform = new SimulatedPlatform(simulated, ...seeds);
    const objective = objectiveOf(simulated, seeds);
    const context = contextOf(simulated, request, objective, seeds[0] ?? 0);
    let slowestDecisionMs = 0;
    let stopped: StopReason | undefined;
    for (let round = 0; stopped === undefined; round++) {
      if (round > roundsAtMost) throw new RangeError(`Expected ${simulated.id} to end within ${roundsAtMost} rounds.`);
      const { result: decision, ms } = timed(() => nextRound(context, platform.measurements, round));
      slowestDecisionMs = Math.max(slowestDecisionMs, ms);
      if (decision.kind === "done") stopped = decision.reason;
      else platform.measure(decision.jobs);
    }
    const reason = stopped;
    const { result: claims, ms: choiceMs } = timed(() => chooseSize(context, platform.measurements, reason));
    const { memory } = request;
    return {
      platform,
      objective,
      slowestDecisionMs,
      choiceMs,
      ...("sizesMb" in memory ? { amongMb: memory.sizesMb } : {}),
      ...(claims === undefined ? {} : { claims, chosenMb: claims.memorySizeMb }),
    };
  };

const timed = <T>(work: () => T): { readonly result: T; readonly ms: number } => {
  const start = performance.now();
  return { result: work(), ms: performance.now() - start };
};

const contextOf = (
  simulated: SimulatedFunction,
  { sampling, memory }: Asked,
  objective: Objective,
  seed: number,
): SamplingContext => ({
  objective,
  memory,
  sampling: {
    ...sampling,
    confidence: 0.95,
    tolerance: 0.02,
    concurrency: 10,
    pauseMs: 0,
    coldStarts: 0,
  },
  budget: {},
  currentMb: simulated.currentMb,
  maxMb: 10_240,
  payloadShares: simulated.payloadShares,
  usdPerGbSecond: 0.0000166667,
  usdPerRequest: 0.0000002,
  storageAsMemoryMb: 0,
  seed,
});
