import { describe, expect, it } from "vitest";
import {
  fitGaussian,
  type GaussianPosterior,
  mixPosteriors,
  predictGaussian,
} from "../../../core/statistics/gaussian-process.ts";

/** To twelve decimals, without negative zeros. */
const rounded = (rows: readonly ArrayLike<number>[]): number[][] =>
  rows.map((row) => Array.from(row, (value) => Math.round(1e12 * value) / 1e12 + 0));

describe("fitGaussian", () => {
  it("gives the density of one observation as its evidence", () => {
    const { logEvidence } = fitGaussian({ mean: [1], covariance: [[2]] }, { y: [3], noise: [[0.25]] });
    // By hand: -log(2 pi 2.25) / 2 - 2^2 / (2 * 2.25).
    expect(logEvidence).toBeCloseTo(-0.5 * Math.log(2 * Math.PI * 2.25) - 4 / 4.5, 12);
  });

  // SciPy 1.17: stats.multivariate_normal.logpdf([3, 0], [1, -1], K + N)
  it("gives the joint density of two, with noise that they share", () => {
    const { logEvidence } = fitGaussian(
      {
        mean: [1, -1],
        covariance: [
          [2, 1],
          [1, 3],
        ],
      },
      {
        y: [3, 0],
        noise: [
          [0.5, 0.1],
          [0.1, 0.25],
        ],
      },
    );
    // By hand: determinant 2.5 * 3.25 - 1.1^2 = 6.915, quadratic form (3.25 * 4 - 2 * 1.1 * 2 + 2.5 * 1) / 6.915.
    expect(logEvidence).toBeCloseTo(-Math.log(2 * Math.PI) - 0.5 * Math.log(6.915) - 0.5 * (11.1 / 6.915), 12);
    expect(logEvidence).toBeCloseTo(-3.6073265858440617, 12);
  });

  it("is refused when the observations contradict each other", () => {
    const certain = [
      [1, 1],
      [1, 1],
    ];
    const quiet = [
      [0, 0],
      [0, 0],
    ];
    expect(() => fitGaussian({ mean: [0, 0], covariance: certain }, { y: [1, 2], noise: quiet })).toThrow(RangeError);
  });
});

describe("predictGaussian", () => {
  it("goes through observations without noise, and is certain there", () => {
    const covariance = [
      [1, 0.5],
      [0.5, 1],
    ];
    const quiet = [
      [0, 0],
      [0, 0],
    ];
    const fit = fitGaussian({ mean: [10, 20], covariance }, { y: [12, 17], noise: quiet });
    const { mean, covariance: left } = predictGaussian(fit, {
      mean: [10, 20],
      crossCovariance: covariance,
      covariance,
    });
    expect(rounded([mean])).toEqual(rounded([[12, 17]]));
    expect(rounded(left)).toEqual(rounded(quiet));
  });

  it("stays at the prior where an observation says nothing", () => {
    const fit = fitGaussian({ mean: [0], covariance: [[1]] }, { y: [5], noise: [[0.1]] });
    const { mean, covariance } = predictGaussian(fit, { mean: [3], crossCovariance: [[0]], covariance: [[2]] });
    expect([mean[0], covariance[0]?.[0]]).toEqual([3, 2]);
  });

  it("meets a noisy observation in between, by their variances", () => {
    const fit = fitGaussian({ mean: [0], covariance: [[3]] }, { y: [8], noise: [[1]] });
    const { mean, covariance } = predictGaussian(fit, { mean: [0], crossCovariance: [[3]], covariance: [[3]] });
    expect(rounded([mean])).toEqual(rounded([[6]]));
    expect(rounded(covariance)).toEqual(rounded([[0.75]]));
  });

  // NumPy 2.4: m + C solve(K + N, y - mean), P - C solve(K + N, C')
  it("conditions several places on several observations", () => {
    const fit = fitGaussian(
      {
        mean: [1, -1],
        covariance: [
          [2, 1],
          [1, 3],
        ],
      },
      {
        y: [3, 0],
        noise: [
          [0.5, 0.1],
          [0.1, 0.25],
        ],
      },
    );
    const wanted = [
      [2.5, 0.4],
      [0.4, 3],
    ];
    const { mean, covariance } = predictGaussian(fit, {
      mean: [0.5, 2],
      crossCovariance: [
        [1.5, 0.5],
        [0.2, 1],
      ],
      covariance: wanted,
    });
    expect(rounded([mean])).toEqual(rounded([[1.693058568329718, 2.1995661605206074]]));
    expect(rounded(covariance)).toEqual(
      rounded([
        [1.5907447577729572, 0.33275488069414316],
        [0.33275488069414316, 2.683297180043384],
      ]),
    );
    // What it was given is left as it was.
    expect(wanted).toEqual([
      [2.5, 0.4],
      [0.4, 3],
    ]);
  });
});

describe("mixPosteriors", () => {
  const posterior = (mean: readonly number[], covariance: readonly (readonly number[])[]): GaussianPosterior => ({
    mean: Float64Array.from(mean),
    covariance: covariance.map((row) => Float64Array.from(row)),
  });
  const low = posterior(
    [0, 10],
    [
      [1, 0.5],
      [0.5, 4],
    ],
  );
  const high = posterior(
    [4, 2],
    [
      [2, 0],
      [0, 1],
    ],
  );

  it("adds to the mean covariance how the means differ", () => {
    const { mean, covariance } = mixPosteriors([low, high], [0.75, 0.25]);
    // By hand: means 1 and 8; variances .75 + .5 + .75 * 1 + .25 * 9, 3 + .25 + .75 * 4 + .25 * 36;
    // covariance .375 + .75 * (-1)(2) + .25 * (3)(-6).
    expect(rounded([mean])).toEqual(rounded([[1, 8]]));
    expect(rounded(covariance)).toEqual(
      rounded([
        [4.25, -5.625],
        [-5.625, 15.25],
      ]),
    );
  });

  it("takes weights that do not sum to 1", () => {
    expect(mixPosteriors([low, high], [6, 2])).toEqual(mixPosteriors([low, high], [0.75, 0.25]));
  });

  it("of one is that one", () => {
    expect(mixPosteriors([high], [0.3])).toEqual(high);
  });
});
