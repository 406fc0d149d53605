import { TunerError } from "./tuner-error.ts";

/** A permission that the calling role lacks. */
export class AccessDeniedError extends TunerError {
  override get name() {
    return "Tuner.AccessDenied" as const;
  }
  readonly isRetryable = false;
  readonly action: string;
  readonly resource: string;

  constructor(action: string, resource: string, options?: ErrorOptions) {
    super(
      `Not allowed to call ${action} on ${resource}. Grant it to the role that made the call, then start again.`,
      options,
    );
    this.action = action;
    this.resource = resource;
  }
}
