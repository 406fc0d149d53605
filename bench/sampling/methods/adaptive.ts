import { chooseSize } from "../../../core/recommendation/choose-size.ts";
import type { Objective } from "../../../core/request/schema.ts";
import type { SamplingContext, StopReason } from "../../../core/sampling/decision.ts";
import { nextRound } from "../../../core/sampling/next-round.ts";
import { SimulatedPlatform } from "../platform.ts";
import type { SimulatedFunction } from "../simulated-function.ts";
import type { Method } from "./method.ts";

/** Rounds after which a run that does not end by itself is a defect. */
const roundsAtMost = 50;

/** This project's method, driven by the very module that the state machine calls. */
export const adaptive =
  (
    preset: SamplingContext["sampling"]["preset"],
    objectiveOf: (simulated: SimulatedFunction, seeds: readonly number[]) => Objective,
  ): Method =>
  (simulated, seeds) => {
    const platform = new SimulatedPlatform(simulated, ...seeds);
    const objective = objectiveOf(simulated, seeds);
    const context = contextOf(simulated, preset, objective, seeds[0] ?? 0);
    let slowestDecisionMs = 0;
    const timed = <T>(decide: () => T): T => {
      const start = performance.now();
      const decided = decide();
      slowestDecisionMs = Math.max(slowestDecisionMs, performance.now() - start);
      return decided;
    };
    let stopped: StopReason | undefined;
    for (let round = 0; stopped === undefined; round++) {
      if (round > roundsAtMost) throw new RangeError(`Expected ${simulated.id} to end within ${roundsAtMost} rounds.`);
      const decision = timed(() => nextRound(context, platform.measurements, round));
      if (decision.kind === "done") stopped = decision.reason;
      else platform.measure(decision.jobs);
    }
    const reason = stopped;
    const claims = timed(() => chooseSize(context, platform.measurements, reason));
    return claims === undefined
      ? { platform, objective, slowestDecisionMs }
      : { platform, objective, slowestDecisionMs, claims, chosenMb: claims.memorySizeMb };
  };

const contextOf = (
  simulated: SimulatedFunction,
  preset: SamplingContext["sampling"]["preset"],
  objective: Objective,
  seed: number,
): SamplingContext => ({
  objective,
  memory: { minMb: 128, maxMb: 10_240 },
  sampling: {
    method: "adaptive",
    preset,
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
