import { ApiError } from "../http/api-error.ts";

/**
 * Cuts a list into pages, each with a token for the next.
 *
 * @param maxResults - 0 or absent: as many as the API gives by default.
 * @throws {@link ApiError} `InvalidToken` for a token that no page gave.
 */
export const tokenPage = <Item>(
  all: readonly Item[],
  { maxResults, nextToken }: { readonly maxResults?: number | undefined; readonly nextToken?: string | undefined },
): { readonly items: readonly Item[]; readonly nextToken?: string } => {
  const start = nextToken === undefined ? 0 : Number(Buffer.from(nextToken, "base64url").toString("utf8"));
  if (!Number.isInteger(start) || start < 0) throw new ApiError(400, "InvalidToken", `Invalid Token: '${nextToken}'`);
  const end = start + Math.min(maxResults === undefined || maxResults === 0 ? 100 : maxResults, 1000);
  return {
    items: all.slice(start, end),
    ...(end < all.length && { nextToken: Buffer.from(String(end)).toString("base64url") }),
  };
};
