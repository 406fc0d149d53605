import { ApiError } from "../http/api-error.ts";
import { queryService } from "../http/query-service.ts";
import type { Service } from "../http/service.ts";
import { escapeXml } from "../http/xml.ts";
import type { Stack } from "../stack.ts";

/** CloudFormation, of which the endpoint has what finds a deployment: `DescribeStacks` and `ListExports`. */
export const cloudFormationService = (
  region: string,
  accountId: string,
  stacks: ReadonlyMap<string, Stack>,
): Service => {
  const arnOf = (stackName: string): string =>
    `arn:aws:cloudformation:${region}:${accountId}:stack/${stackName}/00000000-0000-0000-0000-000000000000`;
  const named = (parameters: URLSearchParams): readonly Stack[] => {
    const name = parameters.get("StackName");
    if (name === null) return [...stacks.values()];
    const found = [...stacks.values()].find(({ stackName }) => stackName === name || arnOf(stackName) === name);
    if (found === undefined) throw new ApiError(400, "ValidationError", `Stack with id ${name} does not exist`);
    return [found];
  };
  return queryService("cloudformation", "http://cloudformation.amazonaws.com/doc/2010-05-15/", [
    {
      name: "DescribeStacks",
      resource: (parameters) => {
        const name = parameters.get("StackName");
        return name === null ? "*" : name.startsWith("arn:") ? name : arnOf(name);
      },
      handle: (parameters) =>
        list(
          "Stacks",
          named(parameters).map((stack) => stackView(stack, arnOf(stack.stackName))),
        ),
    },
    {
      name: "ListExports",
      resource: () => "*",
      handle: () =>
        list(
          "Exports",
          [...stacks.values()].flatMap((stack) => exportsOf(stack, arnOf(stack.stackName))),
        ),
    },
  ]);
};

const stackView = (stack: Stack, arn: string): string =>
  [
    element("StackId", arn),
    element("StackName", stack.stackName),
    element("StackStatus", "CREATE_COMPLETE"),
    element("CreationTime", "2026-01-01T00:00:00.000Z"),
    list(
      "Outputs",
      Object.entries(stack.outputs).map(([key, value]) => outputView(stack, key, value)),
    ),
    list("Parameters", pairs(stack.parameters, "ParameterKey", "ParameterValue")),
    list("Tags", pairs(stack.tags, "Key", "Value")),
  ].join("");

const outputView = ({ exportNames }: Stack, key: string, value: string): string => {
  const exportName = exportNames?.[key];
  return [
    element("OutputKey", key),
    element("OutputValue", value),
    ...(exportName === undefined ? [] : [element("ExportName", exportName)]),
  ].join("");
};

const exportsOf = ({ exportNames, outputs }: Stack, arn: string): string[] =>
  Object.entries(exportNames ?? {}).map(([key, name]) =>
    [element("ExportingStackId", arn), element("Name", name), element("Value", outputs[key] ?? "")].join(""),
  );

const pairs = (members: Readonly<Record<string, string>> | undefined, key: string, value: string): string[] =>
  Object.entries(members ?? {}).map(([name, content]) => `${element(key, name)}${element(value, content)}`);

const list = (name: string, members: readonly string[]): string =>
  `<${name}>${members.map((member) => `<member>${member}</member>`).join("")}</${name}>`;

const element = (name: string, content: string): string => `<${name}>${escapeXml(content)}</${name}>`;
