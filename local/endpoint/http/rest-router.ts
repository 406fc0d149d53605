import { decodeSegment } from "./decode-segment.ts";
import type { IncomingCall } from "./incoming-call.ts";
import type { OperationInput, RestOperation } from "./operation.ts";

/** A REST operation that answers a call, and the labels of its path. */
export interface RestMatch {
  readonly operation: RestOperation;
  readonly labels: OperationInput["labels"];
}

interface Compiled {
  readonly operation: RestOperation;
  readonly pattern: RegExp;
  readonly names: readonly string[];
}

/**
 * Compiles a route table.
 *
 * @returns Finds the first operation of a method, an encoded path and a query; a trailing slash does not matter.
 */
export const createRestRouter = (operations: readonly RestOperation[]) => {
  const routes = operations.map(compile);
  return ({ method, path, query }: Pick<IncomingCall, "method" | "path" | "query">): RestMatch | undefined => {
    for (const route of routes) {
      if (route.operation.method !== method) continue;
      const match = route.pattern.exec(path);
      if (match === null || !hasQuery(route.operation, query)) continue;
      const labels = Object.fromEntries(
        route.names.map((name, index) => [name, decodeSegment(match[index + 1] ?? "")]),
      );
      return { operation: route.operation, labels };
    }
    return undefined;
  };
};

const hasQuery = (operation: RestOperation, query: URLSearchParams): boolean =>
  Object.entries(operation.query ?? {}).every(([name, value]) => query.get(name) === value);

const compile = (operation: RestOperation): Compiled => {
  const names: string[] = [];
  const source = operation.path
    .split("/")
    .map((segment) => {
      const label = /^\{(\w+)\}$/.exec(segment)?.[1];
      if (label === undefined) return segment;
      names.push(label);
      return "([^/]+)";
    })
    .join("/");
  return { operation, pattern: new RegExp(`^${source}/?$`), names };
};
