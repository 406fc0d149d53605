import { describe, expect, it } from "vitest";
import { payloadEffects } from "../../../core/sampling/payload-effects.ts";

const sample = (payload: number, durationMs: number) => ({ payload, value: Math.log(durationMs) });
const repeated = <T>(count: number, item: T): T[] => Array.from({ length: count }, () => item);

/** Two payloads, the second ten times as long, at two sizes of which the larger is twice as fast. */
const light = { share: 0.75, small: 100, large: 50 };
const seen = (rareAtLarge: number) => [
  [...repeated(6, sample(0, light.small)), ...repeated(6, sample(1, 10 * light.small))],
  [...repeated(6, sample(0, light.large)), ...repeated(rareAtLarge, sample(1, 10 * light.large))],
];

describe("payloadEffects", () => {
  it("of a single payload is nothing", () => {
    const effects = payloadEffects([repeated(4, sample(0, 100))], [1]);
    expect([effects.effectOf(0, 0), effects.logMixOf(0), effects.mixVarianceOf(0, 0.1)]).toEqual([0, 0, 0]);
  });

  it("tells payloads apart from sizes", () => {
    const effects = payloadEffects(seen(6), [0.75, 0.25]);
    for (const size of [0, 1]) {
      expect(effects.effectOf(size, 1) - effects.effectOf(size, 0)).toBeCloseTo(Math.log(10), 6);
    }
  });

  it("weighs payloads by their shares in production, not by how often they were sent", () => {
    const effects = payloadEffects(seen(6), [0.75, 0.25]);
    const mean = light.small * Math.exp(-effects.effectOf(0, 0) + effects.logMixOf(0));
    expect(mean).toBeCloseTo(0.75 * 100 + 0.25 * 1000, 6);
  });

  it("lends a size that never saw a payload the effect it has elsewhere", () => {
    const effects = payloadEffects(seen(0), [0.75, 0.25]);
    expect(effects.effectOf(1, 1)).toBeCloseTo(effects.effectOf(0, 1), 2);
    const mean = light.large * Math.exp(-effects.effectOf(1, 0) + effects.logMixOf(1));
    expect(mean / (0.75 * 50 + 0.25 * 500)).toBeCloseTo(1, 1);
  });

  it("believes an effect of one size's own the more, the more samples show it", () => {
    // At the large size the second payload is not ten but forty times as long.
    const differing = (count: number) => [
      [...repeated(20, sample(0, 100)), ...repeated(20, sample(1, 1000))],
      [...repeated(20, sample(0, 50)), ...repeated(count, sample(1, 2000))],
    ];
    const [few, many] = [1, 12].map((count) => {
      const effects = payloadEffects(differing(count), [0.5, 0.5]);
      return effects.effectOf(1, 1) - effects.effectOf(1, 0);
    });
    expect(few).toBeGreaterThan(Math.log(10));
    expect(few).toBeLessThan(Math.log(25));
    expect(many).toBeGreaterThan(few ?? 0);
    expect(many).toBeLessThan(Math.log(40) + 1e-9);
  });

  it("is surer of the mix the more of each payload was seen, or will be", () => {
    const [seldom, often] = [1, 6].map((count) => payloadEffects(seen(count), [0.75, 0.25]));
    expect(often?.mixVarianceOf(1, 0.1)).toBeLessThan(seldom?.mixVarianceOf(1, 0.1) ?? 0);
    expect(seldom?.mixVarianceOf(1, 0.1, 20)).toBeLessThan(seldom?.mixVarianceOf(1, 0.1, 0) ?? 0);
    expect(seldom?.mixVarianceOf(1, 0.1)).toBeLessThan(seldom?.mixVarianceOf(1, 0.5) ?? 0);
  });

  it("gives a payload that was never seen anywhere no effect", () => {
    const effects = payloadEffects([repeated(3, sample(0, 100))], [0.5, 0.5]);
    expect(effects.effectOf(0, 1)).toBe(0);
    expect(effects.mixVarianceOf(0, 0.1)).toBeGreaterThan(0);
  });
});
