import { drawLimit } from "./draw-limit.ts";
import { fixedGrid } from "./fixed-grid.ts";
import { adaptive, fixedPlan } from "./lambda-tuner.ts";
import type { Method } from "./method.ts";
import { successiveHalving } from "./successive-halving.ts";

const cost = () => ({ kind: "cost" }) as const;
const speed = () => ({ kind: "speed", toleranceP: 5 }) as const;

const methods: Readonly<Record<string, Method>> = {
  adaptive: adaptive("standard", cost),
  "adaptive-quick": adaptive("quick", cost),
  "adaptive-thorough": adaptive("thorough", cost),
  "adaptive-speed": adaptive("standard", speed),
  "adaptive-speed-quick": adaptive("quick", speed),
  "adaptive-speed-thorough": adaptive("thorough", speed),
  "adaptive-slo": adaptive("standard", drawLimit),
  "adaptive-slo-quick": adaptive("quick", drawLimit),
  "adaptive-slo-thorough": adaptive("thorough", drawLimit),
  "fixed-plan-3": fixedPlan(3),
  "fixed-plan-10": fixedPlan(10),
  "fixed-plan-30": fixedPlan(30),
  "fixed-grid-10": fixedGrid(10),
  "fixed-grid-50": fixedGrid(50),
  "fixed-grid-100": fixedGrid(100),
  "successive-halving": successiveHalving,
};

export const methodNames: readonly string[] = Object.keys(methods);

/** @throws RangeError for an unknown name. */
export const methodOf = (name: string): Method => {
  const method = methods[name];
  if (method === undefined) {
    throw new RangeError(`Expected one of ${methodNames.join(", ")}, got ${name}.`);
  }
  return method;
};
