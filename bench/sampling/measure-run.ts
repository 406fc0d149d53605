import type { RunResult } from "./methods/method.ts";
import { bestOf, type ConditionScore, scoreCondition } from "./score-condition.ts";
import type { SimulatedFunction, Truth } from "./simulated-function.ts";

/** One run of one method against one function, in numbers. */
export interface RunScore {
  readonly functionId: string;
  readonly group: string;
  readonly family: string;
  readonly weight: number;
  /** Cost at the chosen size over the lowest cost at any size with headroom, minus one, in percent; never negative. */
  readonly regretPercent: number;
  readonly chosenMb: number | undefined;
  readonly bestMb: number;
  readonly invocations: number;
  readonly sizes: number;
  readonly rounds: number;
  readonly billedGbSeconds: number;
  readonly wallSeconds: number;
  /** Whether the 95 % interval of the charge holds the true charge; absent when nothing was claimed. */
  readonly intervalHeld?: boolean;
  /** The same for the saving; absent when the current size is the chosen one. */
  readonly savingsHeld?: boolean;
  readonly regretBoundHeld?: boolean;
  /** Width of the interval of the charge, in percent of what is expected. */
  readonly intervalWidthPercent?: number;
  /** Width of that of the saving, in points of percent. */
  readonly savingsWidthPoints?: number;
  readonly conclusive?: boolean;
  readonly slowestDecisionMs?: number;
  readonly choiceMs?: number;
  /** For the objectives that set a condition on the duration. */
  readonly condition?: ConditionScore;
}

/** What a run scores that found no size: as bad as the worst that is told apart. */
const regretOfNothing = 400;

export const scoreRun = (simulated: SimulatedFunction, truth: Truth, result: RunResult): RunScore => {
  const { platform, chosenMb, objective } = result;
  const best = bestOf(truth, objective);
  const regretPercent =
    chosenMb === undefined ? regretOfNothing : Math.max(0, 100 * (truth.cost(chosenMb) / best.cost - 1));
  return {
    functionId: simulated.id,
    group: simulated.group,
    family: simulated.family,
    weight: simulated.weight,
    regretPercent,
    chosenMb,
    bestMb: best.memoryMb,
    invocations: platform.invocations,
    sizes: platform.sizes,
    rounds: platform.roundsMeasured,
    billedGbSeconds: platform.billedGbSeconds,
    wallSeconds: platform.clockSeconds,
    ...claimsHeld(simulated, truth, result, best.memoryMb),
    ...scoreCondition(truth, result),
    ...(result.slowestDecisionMs === undefined ? {} : { slowestDecisionMs: result.slowestDecisionMs }),
    ...(result.choiceMs === undefined ? {} : { choiceMs: result.choiceMs }),
  };
};

const claimsHeld = (
  simulated: SimulatedFunction,
  truth: Truth,
  { claims, chosenMb, amongMb }: RunResult,
  bestMb: number,
): Partial<RunScore> => {
  if (claims === undefined || chosenMb === undefined) return {};
  // Prices scale everything alike: a charge per million is compared as GB-seconds plus the request fee.
  const chargeAt = (memoryMb: number) => 1e6 * (truth.cost(memoryMb) * usdPerGbSecond + usdPerRequest);
  const charge = claims.chargePerMillionUsd.interval;
  const saving = claims.savingPercent?.interval;
  // Unlike the method's own regret, the claim is about the whole charge.
  const rivalsMb = amongMb?.filter((memoryMb) => memoryMb >= truth.floorMb) ?? [bestMb];
  const trueRegret = 100 * (chargeAt(chosenMb) / Math.min(...rivalsMb.map(chargeAt)) - 1);
  const trueSaving = 100 * (1 - chargeAt(chosenMb) / chargeAt(simulated.currentMb));
  return {
    conclusive: claims.conclusive,
    ...(charge === undefined
      ? {}
      : {
          intervalHeld: holds(charge, chargeAt(chosenMb)),
          intervalWidthPercent: (100 * (charge.upper - charge.lower)) / claims.chargePerMillionUsd.expected,
        }),
    ...(saving === undefined || chosenMb === simulated.currentMb
      ? {}
      : { savingsHeld: holds(saving, trueSaving), savingsWidthPoints: saving.upper - saving.lower }),
    ...(claims.regretBoundPercent === undefined
      ? {}
      : { regretBoundHeld: trueRegret <= claims.regretBoundPercent.value }),
  };
};

/** Prices of the benchmark: x86 in us-east-1. */
export const usdPerGbSecond = 0.0000166667;
export const usdPerRequest = 0.0000002;

const holds = ({ lower, upper }: { readonly lower: number; readonly upper: number }, value: number): boolean =>
  value >= lower * (1 - Math.sign(lower) * 1e-9) && value <= upper * (1 + Math.sign(upper) * 1e-9);
