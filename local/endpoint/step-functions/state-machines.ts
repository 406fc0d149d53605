import { z } from "zod";
import { ApiError } from "../http/api-error.ts";
import { jsonOperation } from "../http/json-operation.ts";
import type { Operation } from "../http/operation.ts";
import type { StateMachineRecord, StepFunctionsAccount } from "./execution-record.ts";
import { tokenPage } from "./token-page.ts";

const machineSchema = z.looseObject({ stateMachineArn: z.string() });

/** State machines: finding and describing them. */
export const stateMachineOperations = (account: StepFunctionsAccount): readonly Operation[] => [
  jsonOperation({
    service: "states",
    name: "ListStateMachines",
    schema: z.looseObject({ maxResults: z.int().min(0).max(1000).optional(), nextToken: z.string().optional() }),
    resource: () => "*",
    handle: (page) => {
      const { items, ...next } = tokenPage([...account.machines.values()], page);
      return { stateMachines: items.map(machineSummary), ...next };
    },
  }),
  jsonOperation({
    service: "states",
    name: "DescribeStateMachine",
    schema: machineSchema,
    resource: ({ stateMachineArn }) => stateMachineArn,
    handle: ({ stateMachineArn }) => {
      const machine = machineOf(account, stateMachineArn);
      return {
        ...machineSummary(machine),
        status: "ACTIVE",
        definition: machine.host.definition,
        roleArn: `arn:aws:iam::${account.accountId}:role/${machine.host.stateMachineName}`,
        loggingConfiguration: { level: "OFF", includeExecutionData: false },
        tracingConfiguration: { enabled: false },
      };
    },
  }),
  jsonOperation({
    service: "states",
    name: "ListTagsForResource",
    schema: z.looseObject({ resourceArn: z.string() }),
    resource: ({ resourceArn }) => resourceArn,
    handle: ({ resourceArn }) => ({
      tags: Object.entries(machineOf(account, resourceArn).host.tags ?? {}).map(([key, value]) => ({ key, value })),
    }),
  }),
];

/** @throws {@link ApiError} `StateMachineDoesNotExist`. */
export const machineOf = (account: StepFunctionsAccount, stateMachineArn: string): StateMachineRecord => {
  const machine = account.machines.get(stateMachineArn);
  if (machine !== undefined) return machine;
  throw new ApiError(400, "StateMachineDoesNotExist", `State Machine Does Not Exist: '${stateMachineArn}'`);
};

const machineSummary = ({ stateMachineArn, host, createdAtMs }: StateMachineRecord): Record<string, unknown> => ({
  stateMachineArn,
  name: host.stateMachineName,
  type: "STANDARD",
  creationDate: createdAtMs / 1000,
});
