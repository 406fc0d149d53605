import { queryService } from "../http/query-service.ts";
import type { Service } from "../http/service.ts";

/** STS, of which the endpoint has `GetCallerIdentity`: everybody is the same user. */
export const stsService = (accountId: string): Service =>
  queryService("sts", "https://sts.amazonaws.com/doc/2011-06-15/", [
    {
      name: "GetCallerIdentity",
      resource: () => "*",
      handle: () =>
        `<Arn>arn:aws:iam::${accountId}:user/local</Arn><UserId>AIDALOCAL</UserId><Account>${accountId}</Account>`,
    },
  ]);
