/** Who is at fault, as AWS words it in error bodies. */
export type FaultOf = "User" | "Service";

/** A failure that an API answers with: it travels to the client, which turns it into its typed exception. */
export class ApiError extends Error {
  override readonly name = "ApiError";
  /** HTTP status, 400 to 599. */
  readonly status: number;
  /** AWS's name of the exception, such as `ResourceNotFoundException`. */
  readonly type: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Further members of the error's body, such as `Reason`. */
  readonly details: Readonly<Record<string, string>>;

  constructor(
    status: number,
    type: string,
    message: string,
    options: {
      readonly headers?: Readonly<Record<string, string>>;
      readonly details?: Readonly<Record<string, string>>;
    } = {},
  ) {
    super(message);
    this.status = status;
    this.type = type;
    this.headers = options.headers ?? {};
    this.details = options.details ?? {};
  }

  get faultOf(): FaultOf {
    return this.status >= 500 ? "Service" : "User";
  }
}
