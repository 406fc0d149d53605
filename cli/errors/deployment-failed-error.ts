import { TunerError } from "../../core/errors/tuner-error.ts";

/** The CDK did not get the stack to where it should be; its own messages say why. */
export class DeploymentFailedError extends TunerError {
  override get name() {
    return "Tuner.DeploymentFailed" as const;
  }
  readonly isRetryable = true;
}
