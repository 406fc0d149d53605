import { expect, it } from "vitest";
import { billedSize, estimateMonthlySavings } from "../../../core/production/monthly-savings.ts";
import { usdPerGbSecond } from "../../../core/units.ts";

const prices = {
  durationTiers: [{ upToGbSeconds: 1000, usdPerGbSecond: usdPerGbSecond(2) }, { usdPerGbSecond: usdPerGbSecond(1) }],
  usdPerRequest: 0.5,
  storageUsdPerGbSecond: 0.1,
};
const current = { memorySizeMb: 1024, meanBilledMs: 1000 };
const recommended = { memorySizeMb: 512, meanBilledMs: 1500 };

it("compares a month at both sizes, requests included", () => {
  expect(estimateMonthlySavings({ invocationsPerMonth: 100 }, current, recommended, 512, prices)).toEqual({
    currentUsd: 250,
    recommendedUsd: 200,
    savingUsd: 50,
  });
});

it("charges the volume by its tiers", () => {
  const { currentUsd, recommendedUsd } = estimateMonthlySavings(
    { invocationsPerMonth: 3000 },
    current,
    recommended,
    512,
    prices,
  );
  expect(currentUsd).toBe(2000 + 2000 + 1500);
  expect(recommendedUsd).toBe(2000 + 1250 + 1500);
});

it("takes the level of duration from production and the ratio from the run", () => {
  const volume = { invocationsPerMonth: 100, productionMeanMs: 1999.5 };
  expect(estimateMonthlySavings(volume, current, recommended, 512, prices)).toEqual({
    currentUsd: 450,
    recommendedUsd: 350,
    savingUsd: 100,
  });
});

it("charges ephemeral storage above 512 MB for as long as it runs", () => {
  const { currentUsd } = estimateMonthlySavings({ invocationsPerMonth: 100 }, current, recommended, 1536, prices);
  expect(currentUsd).toBe(260);
});

it("reads what a size bills back from its charge", () => {
  const chargePerMillionUsd = { mean: 1e6 * (0.2 * 0.5 * 2 + 0.2 * 1 * 0.1 + 0.5) };
  const billed = billedSize({ memorySizeMb: 512, chargePerMillionUsd }, 1536, {
    ...prices,
    usdPerGbSecond: usdPerGbSecond(2),
  });
  expect(billed.meanBilledMs).toBeCloseTo(200, 9);
});
