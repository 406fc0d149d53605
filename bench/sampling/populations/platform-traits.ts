import type { Random } from "../random.ts";
import type { PlatformTraits } from "../simulated-function.ts";

/** Draws how the platform treats a function: hosts, cold starts, warm-up, drift. */
export const anyPlatform = (random: Random): PlatformTraits => ({
  hostSd: random.logUniform(0.008, 0.06),
  initMs: random.logUniform(80, 1500),
  coldFactor: random.logUniform(1.1, 4),
  ...(random.chance(0.2) ? { warmUp: { amplitude: random.uniform(0.1, 0.8), calls: random.logUniform(1, 8) } } : {}),
  ...(random.chance(0.5)
    ? {
        drift: {
          amplitude: 0.08 * random.uniform(0.4, 1.4),
          periodSeconds: random.logUniform(60, 900),
          phase: random.uniform(0, 2 * Math.PI),
        },
      }
    : {}),
  autocorrelation: random.uniform(0, 0.4),
});
