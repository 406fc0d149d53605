/**
 * How large a request may be. Together they keep the state of the largest run under the 256 KiB that Step Functions
 * passes between states; `test/statemachine/largest-request.test.ts` runs one to prove it.
 */
export const requestLimits = {
  /** Sizes measured in one run. */
  sizes: 64,
  /** Invocations of the target in one run, all sizes together. */
  invocations: 5000,
  /** Versions that a run publishes: one a size and one for each cold start, for six sizes with 100 cold starts. */
  versions: 606,
  /** All inline payloads together, as JSON, in bytes. Larger ones belong in `payloads.s3Uri`. */
  inlinePayloadBytes: 65_536,
  /** Invocations in flight at once, all sizes together. */
  concurrency: 1000,
} as const;
