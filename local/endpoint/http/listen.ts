import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { PortInUseError } from "../../../core/errors/port-in-use-error.ts";
import type { Outcome } from "./answer-call.ts";
import { type IncomingCall, readCredentialScope } from "./incoming-call.ts";
import { readBody } from "./read-body.ts";

/** A server that is listening. */
export interface Listening {
  readonly port: number;
  /** Ends open connections and stops listening. */
  close(): Promise<void>;
}

/**
 * Listens on loopback alone.
 *
 * @param port - 0 for any that is free.
 * @throws {@link PortInUseError} when somebody else has the port.
 */
export const listenOnLoopback = async (
  port: number,
  answer: (call: IncomingCall) => Promise<Outcome>,
): Promise<Listening> => {
  // No timeouts: a connection that ends while a client sends on it would lose an invocation that nobody repeats.
  const server = createServer({ keepAliveTimeout: 0, requestTimeout: 0 }, (request, response) => {
    void respond(request, response, answer).catch(() => response.destroy());
  });
  await listening(server, port);
  return {
    // A listening TCP server has an address with a port.
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
};

const listening = (server: Server, port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      reject(error.code === "EADDRINUSE" || error.code === "EACCES" ? new PortInUseError(port, error) : error);
    });
    server.listen(port, "127.0.0.1", resolve);
  });

const respond = async (
  request: IncomingMessage,
  response: ServerResponse,
  answer: (call: IncomingCall) => Promise<Outcome>,
): Promise<void> => {
  const hangUp = new AbortController();
  response.once("close", () => {
    if (!response.writableFinished) hangUp.abort();
  });
  // Not through `URL`, which would resolve `..` before anyone sees it.
  const [path = "/", query = ""] = (request.url ?? "/").split(/\?(.*)/s, 2);
  const outcome = await answer({
    method: request.method ?? "GET",
    path,
    query: new URLSearchParams(query),
    headers: request.headers,
    body: await readBody(request),
    signal: hangUp.signal,
    ...readCredentialScope(request.headers.authorization),
  });
  if ("drop" in outcome) {
    response.destroy();
    return;
  }
  const { status, headers, body } = outcome.answer;
  response.writeHead(status, { "content-length": Buffer.byteLength(body), ...headers });
  response.end(body);
};
