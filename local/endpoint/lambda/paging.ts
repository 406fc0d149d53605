import { ApiError } from "../http/api-error.ts";

/** One page of a list, and where the next one starts. */
export interface Page<Item> {
  readonly items: readonly Item[];
  readonly nextMarker?: string;
}

/**
 * Cuts a list into Lambda's pages.
 *
 * @param query - `Marker` and `MaxItems` of the call.
 * @param most - Largest page: 50 for functions and versions.
 * @throws {@link ApiError} `InvalidParameterValueException` for a marker that no page gave.
 */
export const pageOf = <Item>(all: readonly Item[], query: URLSearchParams, most = 50): Page<Item> => {
  const marker = query.get("Marker") ?? query.get("NextToken");
  const start = marker === null ? 0 : Number(Buffer.from(marker, "base64url").toString("utf8"));
  if (!Number.isInteger(start) || start < 0) {
    throw new ApiError(400, "InvalidParameterValueException", `Invalid pagination token: ${marker}`);
  }
  const size = Math.min(Math.max(Number(query.get("MaxItems") ?? most) || most, 1), most);
  const end = start + size;
  return {
    items: all.slice(start, end),
    ...(end < all.length && { nextMarker: Buffer.from(String(end)).toString("base64url") }),
  };
};
