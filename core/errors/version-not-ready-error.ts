import { TunerError } from "./tuner-error.ts";

/** A published version that does not serve calls, so that no alias may be pointed to it. */
export class VersionNotReadyError extends TunerError {
  override get name() {
    return "Tuner.VersionNotReady" as const;
  }
  /** All the waiting is done by then, and an Apply repeated in vain would end without the record of what undoes it. */
  readonly isRetryable = false;
  readonly functionArn: string;
  readonly version: string;
  /** Lambda's `State` of the version. */
  readonly state: string;

  constructor(functionArn: string, version: string, state: string, reason: string | undefined) {
    super(
      `Expected version ${version} of ${functionArn} to be Active, got ${state}${reason === undefined ? "" : ` (${reason})`}; no alias was pointed to it. ${repairs[state] ?? "Bring it to Active"}, then apply the report again.`,
    );
    this.functionArn = functionArn;
    this.version = version;
    this.state = state;
  }
}

const repairs: Readonly<Record<string, string>> = {
  Pending: "Wait until it is Active",
  Failed: "Repair the cause and delete the version",
  Inactive: "Invoke it until it is Active",
};
