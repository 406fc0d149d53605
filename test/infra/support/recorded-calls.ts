import { readFileSync } from "node:fs";
import { functionNames, pascalCase } from "../../../infra/functions/function-names.ts";
import type { HostEvent } from "../../../local/endpoint/execution-host.ts";
import type { Engine } from "../../../local/engine.ts";
import { type Call, keyOf } from "./policies.ts";
import { appliedRuns, dryRun, failedRun, play, refusedRun, stoppedRun, sweptRun } from "./scenarios.ts";

/** Every kind of call that the roles of a tuner make in all scenarios, each once. */
export const recordCalls = async (): Promise<readonly Call[]> => {
  const calls: Call[] = [];
  for (const scenario of [appliedRuns, dryRun, failedRun, stoppedRun, sweptRun, refusedRun]) {
    calls.push(
      ...(await play(scenario, (engine, _results, events) => [
        ...callsOfRoles(engine),
        ...events.flatMap((event) => callOfFunction(engine, event)),
      ])),
    );
  }
  return [...new Map(calls.map((call) => [keyOf(call), call])).values()];
};

const roles: ReadonlySet<string> = new Set([...functionNames, "state-machine"]);

/** The engine gives each function, and the state machine's integrations, an access key of that name. */
const callsOfRoles = ({ endpoint }: Engine): readonly Call[] =>
  endpoint
    .calls()
    .filter(({ accessKeyId = "" }) => roles.has(accessKeyId))
    .map(({ accessKeyId: role = "", iamAction: action, resource }) => ({ role, action, resource }));

/** The engine calls functions in its own process; in AWS the state machine needs the permission to. */
const callOfFunction = ({ endpoint }: Engine, event: HostEvent): readonly Call[] => {
  if (event.kind !== "state-entered") return [];
  const name = functionOfState(event.state.name);
  if (name === undefined) return [];
  const resource = `arn:aws:lambda:${endpoint.region}:${endpoint.accountId}:function:lambda-tuner-${name}`;
  return [{ role: "state-machine", action: "lambda:InvokeFunction", resource }];
};

const definition = readFileSync("statemachine/tuning.asl.json", "utf8");

const functionOfState = (state: string): string | undefined => {
  const start = definition.indexOf(`"${state}": {`);
  const placeholder = /"Resource": "\$\{(\w+)FunctionArn\}"/.exec(definition.slice(start, start + 600))?.[1];
  return functionNames.find((name) => pascalCase(name) === placeholder);
};
