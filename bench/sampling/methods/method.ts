import type { SizeChoice } from "../../../core/recommendation/choose-size.ts";
import type { Objective } from "../../../core/request/schema.ts";
import type { SimulatedPlatform } from "../platform.ts";
import type { SimulatedFunction } from "../simulated-function.ts";

/** What a method decided in one run, and what it used up is on the platform. */
export interface RunResult {
  readonly platform: SimulatedPlatform;
  /** Absent when the method found no size. */
  readonly chosenMb?: number;
  /** What the method was asked for; the lowest cost when absent. */
  readonly objective?: Objective;
  /** Sizes that its claims are about, in MB; all sizes when absent. */
  readonly amongMb?: readonly number[];
  /** What the method claims about its choice, for those that do. */
  readonly claims?: SizeChoice;
  /** The longest that one decision on the next round took, in milliseconds of this machine. */
  readonly slowestDecisionMs?: number;
  /** What the choice and all that the report says of it took, once, after the last round. */
  readonly choiceMs?: number;
}

/** A way to find the cheapest size of a function. */
export type Method = (simulated: SimulatedFunction, seeds: readonly number[]) => RunResult;
