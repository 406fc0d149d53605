/** What an operation answers with: written to the socket by the server alone. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array | string;
}

/**
 * An answer with a JSON body. Members that are `undefined` are left out.
 *
 * @param contentType - `application/json` for REST APIs, `application/x-amz-json-1.0` or `1.1` for the others.
 */
export const jsonAnswer = (body: unknown, status = 200, contentType = "application/json"): Answer => ({
  status,
  headers: { "content-type": contentType },
  body: JSON.stringify(body),
});

/** An answer without a body. */
export const emptyAnswer = (status = 204): Answer => ({ status, headers: {}, body: "" });
