import type { Answer } from "./answer.ts";
import type { IncomingCall } from "./incoming-call.ts";

/** The parts of a call that operations read: path labels decoded, body still in bytes. */
export interface OperationInput {
  /** Labels of the path pattern by name, decoded. */
  readonly labels: Readonly<Record<string, string>>;
  readonly call: IncomingCall;
}

/** One operation of one service. */
export interface Operation {
  /** Service by its IAM prefix: `lambda`, `s3`, `states`, ... */
  readonly service: string;
  /** Name of the operation in the service's API, such as `Invoke`. */
  readonly name: string;
  /** IAM action it needs where that differs from its name, such as `InvokeFunction`. */
  readonly iamAction?: string;
  /** ARN that the call acts on, as IAM evaluates it; `*` for actions without a resource. */
  resource(input: OperationInput): string;
  /** The call's parameters as a client gave them, for the record. */
  parameters(input: OperationInput): unknown;
  handle(input: OperationInput): Answer | Promise<Answer>;
}

/** An operation of a REST API: found by method and path. */
export interface RestOperation extends Operation {
  readonly method: string;
  /** Path pattern: segments are literal or `{Label}`. */
  readonly path: string;
  /** Query parameters that tell it from another operation of the same path. */
  readonly query?: Readonly<Record<string, string>>;
}
