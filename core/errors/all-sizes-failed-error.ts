import { TunerError } from "./tuner-error.ts";

/** No size gave a single usable measurement. */
export class AllSizesFailedError extends TunerError {
  override get name() {
    return "Tuner.AllSizesFailed" as const;
  }
  readonly isRetryable = false;
  readonly functionArn: string;
  readonly example: string | undefined;

  constructor(functionArn: string, example: string | undefined) {
    super(
      `${functionArn} failed at every size, so there is nothing to recommend.${example === undefined ? "" : ` Its own error: ${example}`}`,
    );
    this.functionArn = functionArn;
    this.example = example;
  }
}
