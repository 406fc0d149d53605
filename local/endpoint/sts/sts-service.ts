import { randomUUID } from "node:crypto";
import type { Operation } from "../http/operation.ts";
import type { Service } from "../http/service.ts";
import { escapeXml } from "../http/xml.ts";

/** STS, of which the endpoint has `GetCallerIdentity`: everybody is the same user. */
export const stsService = (accountId: string): Service => {
  const operation = getCallerIdentity(accountId);
  return {
    name: "sts",
    owns: (call) => call.signedFor === "sts",
    find: (call) => (actionOf(call.body) === operation.name ? { operation, labels: {} } : undefined),
    nameOf: (call) => actionOf(call.body) ?? `${call.method} ${call.path}`,
    errorAnswer: (error) => ({
      status: error.status,
      headers: { "content-type": "text/xml", ...error.headers },
      body: `<ErrorResponse xmlns="${namespace}"><Error><Type>Sender</Type><Code>${error.type}</Code><Message>${escapeXml(error.message)}</Message></Error><RequestId>${randomUUID()}</RequestId></ErrorResponse>`,
    }),
  };
};

const namespace = "https://sts.amazonaws.com/doc/2011-06-15/";

const actionOf = (body: Buffer): string | undefined =>
  new URLSearchParams(body.toString("utf8")).get("Action") ?? undefined;

const getCallerIdentity = (accountId: string): Operation => ({
  service: "sts",
  name: "GetCallerIdentity",
  resource: () => "*",
  parameters: () => ({}),
  handle: () => ({
    status: 200,
    headers: { "content-type": "text/xml" },
    body: `<GetCallerIdentityResponse xmlns="${namespace}"><GetCallerIdentityResult><Arn>arn:aws:iam::${accountId}:user/local</Arn><UserId>AIDALOCAL</UserId><Account>${accountId}</Account></GetCallerIdentityResult><ResponseMetadata><RequestId>${randomUUID()}</RequestId></ResponseMetadata></GetCallerIdentityResponse>`,
  }),
});
