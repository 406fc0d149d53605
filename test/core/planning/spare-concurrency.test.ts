import { expect, it } from "vitest";
import { dispatch } from "../../../core/planning/dispatch.ts";
import { spareConcurrency } from "../../../core/planning/spare-concurrency.ts";

it.each([
  ["a new account's ten", { unreserved: 10 }, 4],
  ["an account's thousand", { unreserved: 1000 }, 959],
  ["a reservation, half of it", { reserved: 10, unreserved: 100 }, 5],
  ["a reservation of two", { reserved: 2 }, 1],
  ["an account with next to nothing left", { unreserved: 1 }, 1],
  ["limits that may not be read", {}, undefined],
])("of %s %o a run may use %s", (_, limits, expected) => {
  expect(spareConcurrency(limits)).toBe(expected);
});

it("leaves room for the measuring functions and for one more", () => {
  for (let unreserved = 3; unreserved <= 1000; unreserved += 1) {
    const concurrency = spareConcurrency({ unreserved }) ?? Infinity;
    for (const sizes of [1, 4, 10, 64]) {
      const wanted = Array.from({ length: sizes }, (_, index) => ({
        memorySizeMb: 128 + index,
        warm: 100,
        cold: 0,
        lanes: 100,
      }));
      const { jobs, sizesAtOnce } = dispatch(wanted, concurrency);
      const inFlight = sizesAtOnce * (1 + (jobs[0]?.lanes ?? 0));
      expect(inFlight, `${sizes} sizes of ${unreserved}`).toBeLessThan(unreserved);
    }
  }
});
