import { TunerError } from "./tuner-error.ts";

/** A port that the local endpoint was to listen on and cannot have. */
export class PortInUseError extends TunerError {
  override get name() {
    return "Tuner.PortInUse" as const;
  }
  readonly isRetryable = false;
  readonly port: number;

  constructor(port: number, cause: Error & { readonly code?: string | undefined }) {
    super(
      cause.code === "EACCES"
        ? `Expected a port that this user may listen on, got ${port}. Use a port of 1024 or more, or 0 for any that is free.`
        : `Expected a free port, but something is already listening on 127.0.0.1:${port}. Stop it, or use another port (0 for any that is free).`,
      { cause },
    );
    this.port = port;
  }
}
