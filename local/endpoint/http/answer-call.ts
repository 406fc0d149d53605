import { setTimeout as delay } from "node:timers/promises";
import type { Fault, FaultQueue } from "../fault-plan.ts";
import type { RecordedCall } from "../recorded-call.ts";
import type { Answer } from "./answer.ts";
import { ApiError } from "./api-error.ts";
import { headerOf, type IncomingCall } from "./incoming-call.ts";
import type { Operation, OperationInput } from "./operation.ts";
import type { Service } from "./service.ts";

/** What becomes of a call: an answer, or a connection that is closed without one. */
export type Outcome = { readonly answer: Answer } | { readonly drop: true };

/**
 * Answers one call: finds its operation, lets faults happen, keeps the record.
 *
 * @param region - The one that the endpoint plays.
 */
export const answerCall = async (
  call: IncomingCall,
  services: readonly Service[],
  region: string,
  faults: FaultQueue,
  record: (call: RecordedCall) => void,
): Promise<Outcome> => {
  const service = services.find((candidate) => candidate.owns(call));
  if (service === undefined) return { answer: refuseUnknownService(call, services) };
  const match = service.find(call);
  if (match === undefined) return refuseUnknownOperation(service, call, record);
  const { operation, labels } = match;
  const input = { labels, call };
  const described = describe(operation, input);
  const fault = faults.take(operation.service, operation.name, described.input);
  const outcome = await outcomeOf(service, within(region, operation), input, fault);
  record({ ...described, ...("answer" in outcome && resultOf(outcome.answer)) });
  return outcome;
};

const outcomeOf = async (
  service: Service,
  operation: Operation,
  input: OperationInput,
  fault: Fault | undefined,
): Promise<Outcome> => {
  if (fault?.delayMs !== undefined)
    await delay(fault.delayMs, undefined, { signal: input.call.signal }).catch(() => {});
  const fails = fault?.error !== undefined || fault?.dropConnection === true;
  const answer = fails && fault.afterEffect !== true ? undefined : await handled(service, operation, input);
  if (fault?.dropConnection === true) return { drop: true };
  if (fault?.error !== undefined) return { answer: service.errorAnswer(injectedError(fault.error)) };
  return answer === undefined ? { drop: true } : { answer };
};

const handled = async (service: Service, operation: Operation, input: OperationInput): Promise<Answer> => {
  try {
    return await operation.handle(input);
  } catch (error) {
    return service.errorAnswer(
      error instanceof ApiError
        ? error
        : new ApiError(500, "InternalFailure", error instanceof Error ? error.message : String(error)),
    );
  }
};

/**
 * An operation that refuses what is signed for another region, as AWS does: there is nobody there. S3 is left out, whose
 * clients find a bucket's region by themselves.
 */
const within = (region: string, operation: Operation): Operation => ({
  ...operation,
  handle: (input) => {
    const { signedIn } = input.call;
    if (signedIn === undefined || signedIn === region || operation.service === "s3") return operation.handle(input);
    throw new ApiError(
      403,
      "InvalidSignatureException",
      `Credential should be scoped to a valid region. This endpoint plays ${region} and the request is signed for ${signedIn}: give the client the region ${region}, or start it with serve --region ${signedIn}.`,
    );
  },
});

const injectedError = ({ status, type, message, headers, details }: NonNullable<Fault["error"]>): ApiError =>
  new ApiError(status, type, message ?? "Injected fault.", {
    ...(headers !== undefined && { headers }),
    ...(details !== undefined && { details }),
  });

const describe = (operation: Operation, input: OperationInput): RecordedCall => ({
  service: operation.service,
  action: operation.name,
  iamAction: `${operation.service}:${operation.iamAction ?? operation.name}`,
  resource: operation.resource(input),
  input: operation.parameters(input),
  ...callerOf(input.call),
});

const resultOf = ({ status, headers }: Answer): Pick<RecordedCall, "status" | "errorType"> => {
  const errorType = headers["x-amzn-errortype"];
  return { status, ...(errorType !== undefined && { errorType }) };
};

const refuseUnknownOperation = (
  service: Service,
  call: IncomingCall,
  record: (call: RecordedCall) => void,
): Outcome => {
  const action = service.nameOf(call);
  const error = new ApiError(
    404,
    "UnknownOperationException",
    `The local endpoint does not have the operation ${service.name}:${action}.`,
  );
  record({
    service: service.name,
    action,
    iamAction: `${service.name}:${action}`,
    resource: "*",
    input: {},
    ...callerOf(call),
    status: error.status,
    errorType: error.type,
  });
  return { answer: service.errorAnswer(error) };
};

const callerOf = (call: IncomingCall): Pick<RecordedCall, "accessKeyId" | "userAgent"> => {
  const userAgent = headerOf(call, "user-agent");
  const { accessKeyId } = call;
  return { ...(accessKeyId !== undefined && { accessKeyId }), ...(userAgent !== undefined && { userAgent }) };
};

const refuseUnknownService = (call: IncomingCall, services: readonly Service[]): Answer => {
  const what = call.signedFor ?? headerOf(call, "x-amz-target") ?? `${call.method} ${call.path}`;
  const message = `The local endpoint does not have the service ${what}; it has ${services.map(({ name }) => name).join(", ")}.`;
  return {
    status: 404,
    headers: { "content-type": "application/json", "x-amzn-errortype": "UnknownOperationException" },
    body: JSON.stringify({ __type: "UnknownOperationException", message }),
  };
};
