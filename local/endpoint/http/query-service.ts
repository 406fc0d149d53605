import { randomUUID } from "node:crypto";
import type { IncomingCall } from "./incoming-call.ts";
import type { Operation } from "./operation.ts";
import type { Service } from "./service.ts";
import { escapeXml } from "./xml.ts";

/** An operation of an AWS query protocol: parameters in a form, an answer in XML. */
export interface QueryOperation {
  readonly name: string;
  resource(parameters: URLSearchParams): string;
  /** @returns The XML within the result element. */
  handle(parameters: URLSearchParams): string;
}

/**
 * A service with an AWS query protocol.
 *
 * @param namespace - XML namespace of its answers.
 */
export const queryService = (name: string, namespace: string, operations: readonly QueryOperation[]): Service => {
  const byName = new Map(operations.map((operation) => [operation.name, asOperation(name, namespace, operation)]));
  return {
    name,
    owns: (call) => call.signedFor === name,
    find: (call) => {
      const operation = byName.get(actionOf(call) ?? "");
      return operation && { operation, labels: {} };
    },
    nameOf: (call) => actionOf(call) ?? `${call.method} ${call.path}`,
    errorAnswer: (error) => ({
      status: error.status,
      headers: { "content-type": "text/xml", "x-amzn-errortype": error.type, ...error.headers },
      body: `<ErrorResponse xmlns="${namespace}"><Error><Type>Sender</Type><Code>${error.type}</Code><Message>${escapeXml(error.message)}</Message></Error><RequestId>${randomUUID()}</RequestId></ErrorResponse>`,
    }),
  };
};

const parametersOf = (call: IncomingCall): URLSearchParams => new URLSearchParams(call.body.toString("utf8"));

const actionOf = (call: IncomingCall): string | undefined => parametersOf(call).get("Action") ?? undefined;

const asOperation = (service: string, namespace: string, operation: QueryOperation): Operation => ({
  service,
  name: operation.name,
  resource: ({ call }) => operation.resource(parametersOf(call)),
  parameters: ({ call }) => Object.fromEntries(parametersOf(call)),
  handle: ({ call }) => ({
    status: 200,
    headers: { "content-type": "text/xml" },
    body: `<${operation.name}Response xmlns="${namespace}"><${operation.name}Result>${operation.handle(parametersOf(call))}</${operation.name}Result><ResponseMetadata><RequestId>${randomUUID()}</RequestId></ResponseMetadata></${operation.name}Response>`,
  }),
});
