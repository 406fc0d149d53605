import { z } from "zod";

/** Part of a JSON Schema that tells which keys an object may have. */
interface Node {
  readonly properties?: Readonly<Record<string, Node>>;
  readonly anyOf?: readonly Node[];
  readonly oneOf?: readonly Node[];
  readonly items?: Node;
}

/**
 * Every key that a schema knows at a path, over all alternatives of a union.
 *
 * @param path - As zod reports it: object keys and array positions.
 */
export const knownKeys = (schema: z.ZodType, path: readonly PropertyKey[]): string[] => {
  let nodes: Node[] = [z.toJSONSchema(schema, { io: "input" }) as Node];
  for (const step of path) nodes = nodes.flatMap(alternatives).flatMap((node) => childOf(node, step));
  return [...new Set(nodes.flatMap(alternatives).flatMap((node) => Object.keys(node.properties ?? {})))];
};

const alternatives = (node: Node): Node[] => [
  node,
  ...[...(node.anyOf ?? []), ...(node.oneOf ?? [])].flatMap(alternatives),
];

const childOf = (node: Node, step: PropertyKey): Node[] => {
  const child = typeof step === "number" ? node.items : node.properties?.[String(step)];
  return child === undefined ? [] : [child];
};
