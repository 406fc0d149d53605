import * as fc from "fast-check";
import { expect, it } from "vitest";
import { invocationCharge } from "../../../core/pricing/invocation-charge.ts";
import { pricedRegions, priceOf } from "../../../core/pricing/price-book.ts";
import { snapStartCacheCharge } from "../../../core/pricing/snapstart.ts";
import { marginalPrice, tieredMonthlyCharge } from "../../../core/pricing/tiered-monthly-charge.ts";
import { monthlyChargeUsd } from "../../../core/production/monthly-savings.ts";
import { memoryMb } from "../../../core/units.ts";

const prices = fc
  .tuple(fc.constantFrom(...pricedRegions()), fc.constantFrom("x86_64" as const, "arm64" as const))
  .map(([region, architecture]) => priceOf(region, architecture).prices);

const billedMs = fc.integer({ min: 0, max: 900_000 });
const memorySizeMb = fc.integer({ min: 128, max: 10_240 });
const ephemeralStorageMb = fc.integer({ min: 512, max: 10_240 });
const volume = fc.double({ min: 0, max: 1e12, noNaN: true });

/** What one more of anything may be off by, for the rounding of sums. */
const rounding = 1e-9;

it("never charges less for more memory, more time or more storage", () => {
  const use = fc.record({ billedMs, memorySizeMb, ephemeralStorageMb });
  fc.assert(
    fc.property(prices, use, use, (booked, a, b) => {
      const more = {
        billedMs: Math.max(a.billedMs, b.billedMs),
        memorySizeMb: Math.max(a.memorySizeMb, b.memorySizeMb),
        ephemeralStorageMb: Math.max(a.ephemeralStorageMb, b.ephemeralStorageMb),
      };
      expect(invocationCharge(more, booked)).toBeGreaterThanOrEqual(invocationCharge(a, booked));
    }),
  );
});

it("charges strictly more for one megabyte more of the same billed time", () => {
  fc.assert(
    fc.property(
      prices,
      fc.integer({ min: 1, max: 900_000 }),
      fc.integer({ min: 128, max: 10_239 }),
      (booked, ms, mb) => {
        const at = (size: number): number =>
          invocationCharge({ billedMs: ms, memorySizeMb: size, ephemeralStorageMb: 512 }, booked);
        expect(at(mb + 1)).toBeGreaterThan(at(mb));
      },
    ),
  );
});

it("adds up: twice the time costs the request once and everything else twice", () => {
  fc.assert(
    fc.property(
      prices,
      fc.integer({ min: 1, max: 450_000 }),
      memorySizeMb,
      ephemeralStorageMb,
      (booked, ms, mb, storage) => {
        const at = (time: number): number =>
          invocationCharge({ billedMs: time, memorySizeMb: mb, ephemeralStorageMb: storage }, booked);
        expect(at(2 * ms) + at(0)).toBeCloseTo(2 * at(ms), 15);
      },
    ),
  );
});

it("charges a month by tiers without a jump, and never less for more", () => {
  fc.assert(
    fc.property(prices, volume, fc.double({ min: 0, max: 1e6, noNaN: true }), ({ durationTiers }, gbSeconds, step) => {
      const before = tieredMonthlyCharge(gbSeconds, durationTiers);
      const after = tieredMonthlyCharge(gbSeconds + step, durationTiers);
      expect(after).toBeGreaterThanOrEqual(before);
      // The step costs at most the price before it, and at least the price after it.
      expect(after - before).toBeLessThanOrEqual(step * marginalPrice(gbSeconds, durationTiers) + rounding * after);
      expect(after - before).toBeGreaterThanOrEqual(
        step * marginalPrice(gbSeconds + step, durationTiers) - rounding * after,
      );
    }),
  );
});

it("has no tier that is dearer than the one before it", () => {
  fc.assert(
    fc.property(prices, volume, volume, ({ durationTiers }, a, b) => {
      expect(marginalPrice(Math.max(a, b), durationTiers)).toBeLessThanOrEqual(
        marginalPrice(Math.min(a, b), durationTiers),
      );
    }),
  );
});

it("charges a month of invocations as so many single ones within the first tier, and never more", () => {
  const invocations = fc.integer({ min: 0, max: 1e9 });
  fc.assert(
    fc.property(prices, invocations, billedMs, memorySizeMb, ephemeralStorageMb, (booked, count, ms, mb, storage) => {
      const single = invocationCharge({ billedMs: ms, memorySizeMb: mb, ephemeralStorageMb: storage }, booked);
      const month = monthlyChargeUsd(count, mb, ms, storage, booked);
      expect(month).toBeLessThanOrEqual(count * single * (1 + rounding));
      const isInFirstTier = (count * ms * mb) / 1000 / 1024 <= (booked.durationTiers[0]?.upToGbSeconds ?? 0);
      expect(month).toBeGreaterThanOrEqual(isInFirstTier ? count * single * (1 - rounding) : 0);
    }),
  );
});

it("charges a snapshot of at least three hours, and more for more memory and time", () => {
  const price = { cacheUsdPerGbSecond: 0.0000015046 };
  const seconds = fc.integer({ min: 0, max: 1e6 });
  fc.assert(
    fc.property(memorySizeMb, memorySizeMb, seconds, seconds, (mb, otherMb, time, otherTime) => {
      const charge = snapStartCacheCharge(memoryMb(mb), time, price);
      expect(charge).toBeGreaterThanOrEqual((mb / 1024) * 3 * 3600 * price.cacheUsdPerGbSecond);
      expect(
        snapStartCacheCharge(memoryMb(Math.max(mb, otherMb)), Math.max(time, otherTime), price),
      ).toBeGreaterThanOrEqual(charge);
    }),
  );
});
