import { TunerError } from "./tuner-error.ts";

/** A permission that the calling role lacks. */
export class AccessDeniedError extends TunerError {
  override get name() {
    return "Tuner.AccessDenied" as const;
  }
  readonly isRetryable = false;
  readonly action: string;
  readonly resource: string;

  /** @param options - `fix` says how to grant it, where that is known better than here. */
  constructor(action: string, resource: string, options?: ErrorOptions & { readonly fix?: string }) {
    const { fix = "Grant it to the role that made the call, then start again." } = options ?? {};
    super(`Not allowed to call ${action} on ${resource}. ${fix}`, options);
    this.action = action;
    this.resource = resource;
  }
}
