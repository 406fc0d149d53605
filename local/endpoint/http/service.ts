import { randomUUID } from "node:crypto";
import { type Answer, jsonAnswer } from "./answer.ts";
import type { ApiError } from "./api-error.ts";
import { headerOf, type IncomingCall } from "./incoming-call.ts";
import type { Operation, OperationInput, RestOperation } from "./operation.ts";
import { createRestRouter } from "./rest-router.ts";

/** An operation that answers a call, and the labels of its path. */
export interface OperationMatch {
  readonly operation: Operation;
  readonly labels: OperationInput["labels"];
}

/** One AWS service: which calls are for it, what it can do, and how it words errors. */
export interface Service {
  /** By its IAM prefix. */
  readonly name: string;
  owns(call: IncomingCall): boolean;
  /** @returns `undefined` when the endpoint does not have the operation. */
  find(call: IncomingCall): OperationMatch | undefined;
  /** The operation's name in the service's API, as far as a call that was not found tells it. */
  nameOf(call: IncomingCall): string;
  errorAnswer(error: ApiError): Answer;
}

/**
 * A service with a REST-JSON protocol.
 *
 * @param otherOperations - Operations that the service has and the endpoint has not: refused by their names.
 */
export const restJsonService = (
  name: string,
  pathPrefix: RegExp,
  operations: readonly RestOperation[],
  otherOperations: (call: IncomingCall) => string | undefined,
): Service => {
  const find = createRestRouter(operations);
  return {
    name,
    owns: (call) => call.signedFor === name || (call.signedFor === undefined && pathPrefix.test(call.path)),
    find,
    nameOf: (call) => otherOperations(call) ?? `${call.method} ${call.path}`,
    errorAnswer: (error) => ({
      ...jsonAnswer(
        { Type: error.faultOf, message: error.message, Message: error.message, ...error.details },
        error.status,
      ),
      headers: {
        "content-type": "application/json",
        "x-amzn-errortype": error.type,
        "x-amzn-requestid": randomUUID(),
        ...error.headers,
      },
    }),
  };
};

/**
 * A service with an AWS JSON protocol.
 *
 * @param targetPrefix - First part of `X-Amz-Target`, such as `AWSEvents`.
 */
export const jsonTargetService = (
  name: string,
  signingName: string,
  targetPrefix: string,
  operations: readonly Operation[],
): Service => {
  const byName = new Map(operations.map((operation) => [operation.name, operation]));
  const targetOf = (call: IncomingCall): readonly string[] => (headerOf(call, "x-amz-target") ?? "").split(".");
  return {
    name,
    owns: (call) => call.signedFor === signingName || targetOf(call)[0] === targetPrefix,
    find: (call) => {
      const [prefix, operationName] = targetOf(call);
      const operation = prefix === targetPrefix ? byName.get(operationName ?? "") : undefined;
      return operation && { operation, labels: {} };
    },
    nameOf: (call) => targetOf(call)[1] ?? otherProtocol(call),
    errorAnswer: (error) => ({
      status: error.status,
      headers: {
        "content-type": "application/x-amz-json-1.0",
        "x-amzn-errortype": error.type,
        "x-amzn-query-error": `${error.type};${error.faultOf === "User" ? "Sender" : "Receiver"}`,
        "x-amzn-requestid": randomUUID(),
        ...error.headers,
      },
      body: JSON.stringify({ __type: error.type, message: error.message, ...error.details }),
    }),
  };
};

/** Older clients speak the query protocol, newer ones may speak CBOR. */
const otherProtocol = (call: IncomingCall): string => {
  const action = new URLSearchParams(call.body.toString("latin1")).get("Action");
  return `${action ?? `${call.method} ${call.path}`} (${headerOf(call, "content-type") ?? "no content type"}; this service is spoken here with AWS JSON and X-Amz-Target only)`;
};
