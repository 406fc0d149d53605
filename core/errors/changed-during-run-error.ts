import { TunerError } from "./tuner-error.ts";

/** The target was deployed or reconfigured by somebody else while the run was under way, or is being so. */
export class ChangedDuringRunError extends TunerError {
  override get name() {
    return "Tuner.ChangedDuringRun" as const;
  }
  readonly isRetryable = false;
  readonly functionArn: string;

  /**
   * @param what - The change that was found; with `isUnderWay`, when an update was found under way.
   * @param options - With `notice` a sentence on what else to see to.
   */
  constructor(
    functionArn: string,
    what: string,
    options: ErrorOptions & { readonly isUnderWay?: boolean; readonly notice?: string | undefined } = {},
  ) {
    const { isUnderWay = false, notice, ...errorOptions } = options;
    const message = isUnderWay
      ? `An update of ${functionArn} was still under way ${what}; nothing was overwritten. Start again once its LastUpdateStatus is Successful.`
      : `${functionArn} was changed by someone else during the run (${what}); nothing of theirs was overwritten. Start again once it is stable.`;
    super(notice === undefined ? message : `${message} ${notice}`, errorOptions);
    this.functionArn = functionArn;
  }
}
