import type { IncomingHttpHeaders } from "node:http";

/** A request as it came over the socket, its body read to the end. */
export interface IncomingCall {
  readonly method: string;
  /** Path as sent, percent-encoding kept, without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  /** Service of the signature's credential scope, such as `lambda`; absent when the request is not signed. */
  readonly signedFor: string | undefined;
  /** Region of the signature's credential scope; absent when the request is not signed. */
  readonly signedIn: string | undefined;
  /** Access key id of the signature; absent when the request is not signed. */
  readonly accessKeyId: string | undefined;
  /** Aborted when the client hangs up before it has its answer, or when the endpoint closes. */
  readonly signal: AbortSignal;
}

const credentialPattern = /Credential=([^/,\s]+)\/\d{8}\/([^/,\s]+)\/([^/,\s]+)\/aws4_request/;

/**
 * Reads who signed a request, in which region and for which service. The signature itself is not verified: any credentials will do.
 *
 * @param authorization - The `Authorization` header.
 */
export const readCredentialScope = (
  authorization: string | undefined,
): Pick<IncomingCall, "signedFor" | "signedIn" | "accessKeyId"> => {
  const match = credentialPattern.exec(authorization ?? "");
  return { accessKeyId: match?.[1], signedIn: match?.[2], signedFor: match?.[3] };
};

/** A header that is sent once, as text. */
export const headerOf = (call: IncomingCall, name: string): string | undefined => {
  const value = call.headers[name];
  return Array.isArray(value) ? value[0] : value;
};
