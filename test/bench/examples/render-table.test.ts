import { expect, it } from "vitest";
import { renderTable } from "../../../bench/examples/render-table.ts";

it("shows the sweep, the runs and the shares", () => {
  const shares = { within5PercentShare: 0.5, within5PercentOrTiedShare: 0.5 };
  const text = renderTable({
    invocationsPerSize: 30,
    examples: [
      {
        name: "password-hash",
        denseSweep: [
          { memorySizeMb: 128, chargePerMillionUsd: 1, halfIntervalUsd: 0.06 },
          { memorySizeMb: 256, chargePerMillionUsd: 1.2, halfIntervalUsd: 0.01 },
        ],
        bestMb: 128,
        runs: [
          {
            seed: 1,
            memorySizeMb: 128,
            invocations: 60,
            rounds: 4,
            excessPercent: 0,
            within5Percent: true,
            tied: true,
          },
          { seed: 2, invocations: 12, rounds: 1, within5Percent: false, tied: false },
        ],
        ...shares,
      },
    ],
    ...shares,
  });
  expect(text).toMatchInlineSnapshot(`
    "password-hash: best 128 MB
                        MB USD/million          +-   over best
      sweep            128       1.000       0.060       0.0 %
      sweep            256       1.200       0.010      20.0 %
                        MB       calls      rounds   over best
      seed 1           128          60           4       0.0 %
      seed 2          none          12           1     unknown
    50 % of runs within 5 % of the best, 50 % within 5 % or tied with it

    all examples: 50 % of runs within 5 % of the best, 50 % within 5 % or tied with it
    "
  `);
});
