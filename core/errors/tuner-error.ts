/** A failure of the user or of the world, as opposed to a defect of this program (`RangeError`, `TypeError`). */
export abstract class TunerError extends Error {
  /** A wire contract: the Lambda runtime sends it as `errorType`, the state machine matches it. A literal, never renamed. */
  abstract override get name(): `Tuner.${string}`;
  /** Whether the same call may succeed later with nothing changed. */
  abstract readonly isRetryable: boolean;
}
