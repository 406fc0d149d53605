import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { readBody } from "./read-body.ts";

/** One event for the runtime to handle. */
export interface RuntimeEvent {
  readonly requestId: string;
  readonly invokedFunctionArn: string;
  /** Milliseconds since 1970. */
  readonly deadline: number;
  readonly traceId: string;
  readonly payload: Uint8Array;
}

/** What the runtime posted: a response of the handler, or an error, with the type it gave. */
export interface RuntimeReply {
  readonly kind: "response" | "error";
  readonly body: Uint8Array;
  readonly errorType?: string;
}

/** How the runtime came up: it asked for work, or said that it cannot. */
export type RuntimeStart = { readonly kind: "ready" } | { readonly kind: "failed"; readonly reply: RuntimeReply };

/** One event being handled. */
export interface Exchange {
  /** `performance.now()` when the runtime was given the event. */
  readonly startedAt: number;
  /** What the runtime has posted so far. */
  readonly reply: RuntimeReply | undefined;
  /** Settles with `performance.now()` when the runtime asks for the next event: the invocation is over then, not before. */
  readonly finished: Promise<number>;
}

interface Current {
  readonly requestId: string;
  reply: RuntimeReply | undefined;
  readonly finish: (at: number) => void;
}

const version = "/2018-06-01/runtime";

/**
 * Lambda's Runtime API for one execution environment, on a loopback port of its own.
 *
 * A port rather than a path, because clients take `AWS_LAMBDA_RUNTIME_API` for a host and a port.
 *
 * @see {@link https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html}
 */
export class RuntimeApi {
  readonly #server: Server;
  readonly #started = Promise.withResolvers<RuntimeStart>();
  #waiting: ServerResponse | undefined;
  #current: Current | undefined;

  private constructor(server: Server) {
    this.#server = server;
  }

  static async open(): Promise<RuntimeApi> {
    // Environments are silent while they are frozen, for as long as nobody calls: no connection of theirs is too old.
    const server = createServer({ keepAliveTimeout: 0, requestTimeout: 0, headersTimeout: 0, noDelay: true });
    server.timeout = 0;
    const api = new RuntimeApi(server);
    server.on("request", (request, response) => {
      api.#answer(request, response).catch(() => response.destroy());
    });
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      server.listen(0, "127.0.0.1", resolve);
    });
    return api;
  }

  /** `host:port`, the value of `AWS_LAMBDA_RUNTIME_API`. */
  get address(): string {
    return `127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Settles when the runtime first asks for work or reports that it cannot start. */
  get started(): Promise<RuntimeStart> {
    return this.#started.promise;
  }

  /** Gives the runtime an event. It must have asked for one, and be done with the one before. */
  send(event: RuntimeEvent): Exchange {
    const response = this.#waiting;
    if (response === undefined || this.#current !== undefined) {
      throw new TypeError("The runtime has not asked for an event.");
    }
    this.#waiting = undefined;
    const { promise, resolve } = Promise.withResolvers<number>();
    const current: Current = { requestId: event.requestId, reply: undefined, finish: resolve };
    this.#current = current;
    const startedAt = performance.now();
    response.writeHead(200, {
      "Content-Type": "application/json",
      "Content-Length": event.payload.byteLength,
      "Lambda-Runtime-Aws-Request-Id": event.requestId,
      "Lambda-Runtime-Deadline-Ms": event.deadline,
      "Lambda-Runtime-Invoked-Function-Arn": event.invokedFunctionArn,
      "Lambda-Runtime-Trace-Id": event.traceId,
    });
    response.end(event.payload);
    return {
      startedAt,
      finished: promise,
      get reply(): RuntimeReply | undefined {
        return current.reply;
      },
    };
  }

  close(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url ?? "";
    if (request.method === "GET" && path === `${version}/invocation/next`) return this.#next(response);
    if (request.method === "POST" && path === `${version}/init/error`) {
      const reply = await readReply(request, "error");
      this.#started.resolve({ kind: "failed", reply });
      return accepted(response);
    }
    const posted = /^\/2018-06-01\/runtime\/invocation\/([^/]+)\/(response|error)$/.exec(path);
    if (request.method !== "POST" || posted === null) return refused(response, 404, "UnknownOperation", path);
    const reply = await readReply(request, posted[2] === "error" ? "error" : "response");
    if (this.#current === undefined || this.#current.requestId !== posted[1] || this.#current.reply !== undefined) {
      return refused(response, 400, "InvalidRequestID", "Invalid request ID");
    }
    this.#current.reply = reply;
    accepted(response);
  }

  #next(response: ServerResponse): void {
    const now = performance.now();
    this.#waiting = response;
    const done = this.#current;
    this.#current = undefined;
    this.#started.resolve({ kind: "ready" });
    done?.finish(now);
  }
}

const readReply = async (request: IncomingMessage, kind: RuntimeReply["kind"]): Promise<RuntimeReply> => {
  const body = await readBody(request);
  const headerType = request.headers["lambda-runtime-function-error-type"];
  const trailerType = request.trailers["lambda-runtime-function-error-type"];
  if (trailerType !== undefined) {
    // A streaming handler failed in the middle: the trailers carry the error, what was sent so far does not count.
    const trailerBody = request.trailers["lambda-runtime-function-error-body"] ?? "";
    return { kind: "error", body: Buffer.from(trailerBody, "base64"), errorType: trailerType };
  }
  return typeof headerType === "string" ? { kind, body, errorType: headerType } : { kind, body };
};

const accepted = (response: ServerResponse): void => {
  response.writeHead(202, { "Content-Type": "application/json" }).end('{"status":"OK"}');
};

const refused = (response: ServerResponse, status: number, errorType: string, errorMessage: string): void => {
  response.writeHead(status, { "Content-Type": "application/json" }).end(JSON.stringify({ errorType, errorMessage }));
};
