import { globSync, readFileSync } from "node:fs";
import aslValidator from "asl-validator";
import { describe, expect, it } from "vitest";
import { runSeconds, samplingSeconds } from "../../core/planning/run-time.ts";
import { lockTimes } from "../../functions/planning/lock-times.ts";
import { hostedFunctions } from "../../local/host/hosted-functions.ts";

interface Catcher {
  readonly ErrorEquals: readonly string[];
  readonly Next: string;
}

interface State {
  readonly Type: string;
  readonly Resource?: string;
  readonly TimeoutSeconds?: number;
  readonly Retry?: readonly { readonly ErrorEquals: readonly string[] }[];
  readonly Catch?: readonly Catcher[];
  readonly Next?: string;
  readonly Default?: string;
  readonly Choices?: readonly { readonly Next: string }[];
  readonly ItemProcessor?: Machine;
  readonly QueryLanguage?: string;
}

interface Machine {
  readonly StartAt: string;
  readonly TimeoutSeconds?: number;
  readonly QueryLanguage?: string;
  readonly States: Readonly<Record<string, State>>;
}

const text = readFileSync("statemachine/tuning.asl.json", "utf8");
const machine: Machine = JSON.parse(text);

const machines = (outer: Machine): Machine[] => [
  outer,
  ...Object.values(outer.States).flatMap(({ ItemProcessor: inner }) => (inner === undefined ? [] : machines(inner))),
];
const states = machines(machine).flatMap(({ States }) => Object.entries(States));
const tasks = states.filter(([, { Type }]) => Type === "Task");
const stateNamed = (name: string): State => {
  const state = Object.fromEntries(states)[name];
  if (state === undefined) throw new RangeError(`There is no state ${name}.`);
  return state;
};

const successors = (state: State): string[] => [
  ...(state.Next === undefined ? [] : [state.Next]),
  ...(state.Default === undefined ? [] : [state.Default]),
  ...(state.Choices ?? []).map(({ Next }) => Next),
  ...(state.Catch ?? []).map(({ Next }) => Next),
];

/** Every state that can follow, itself included, without going beyond the states named. */
const reachable = (from: string, notBeyond: readonly string[] = []): Set<string> => {
  const seen = new Set<string>();
  const visit = (name: string): void => {
    if (seen.has(name)) return;
    seen.add(name);
    if (!notBeyond.includes(name)) successors(stateNamed(name)).forEach(visit);
  };
  visit(from);
  return seen;
};

describe("the state machine's definition", () => {
  it("is valid, its placeholders filled in", () => {
    const resolved = text
      .replaceAll(/\$\{(\w+)FunctionArn\}/g, "arn:aws:lambda:us-east-1:123456789012:function:$1")
      .replaceAll(/\$\{(\w+)\}/g, "$1");
    const { isValid, errorsText } = aslValidator(JSON.parse(resolved));
    expect(isValid ? "" : errorsText("\n")).toBe("");
  });

  it("uses the placeholders that the deployment fills in, and no others", () => {
    const placeholders = new Set([...text.matchAll(/\$\{(\w+)\}/g)].map(([, name]) => name));
    expect(placeholders).toEqual(
      new Set([
        ...hostedFunctions.map(({ placeholder }) => placeholder),
        "LockTableName",
        "ReportBucketName",
        "EventBusName",
      ]),
    );
  });

  it("is JSONPath throughout, which is what both interpreters run", () => {
    const languages = [...machines(machine), ...states.map(([, state]) => state)].map((part) => part.QueryLanguage);
    expect(languages.filter((language) => language !== undefined)).toEqual([]);
    expect(text).not.toContain("{%");
  });

  it("ends a run when the planned time is over, with an hour left after measuring", () => {
    expect(machine.TimeoutSeconds).toBe(runSeconds);
    expect(runSeconds - samplingSeconds).toBe(3600);
  });

  it("gives the lock more time than the execution", () => {
    const { acquiredAt, expiresAt, forgetAt } = lockTimes(1_700_000_000_000);
    expect(Number(expiresAt) - Number(acquiredAt)).toBeGreaterThan(machine.TimeoutSeconds ?? Number.POSITIVE_INFINITY);
    expect(Number(forgetAt)).toBeGreaterThan(Number(expiresAt));
  });
});

describe.each(tasks)("the task %s", (_, task) => {
  it("states its timeout, within what Lambda allows", () => {
    expect(task.TimeoutSeconds).toBeGreaterThan(0);
    expect(task.TimeoutSeconds).toBeLessThanOrEqual(900);
  });

  it("retries by name", () => {
    const names = (task.Retry ?? []).flatMap(({ ErrorEquals }) => ErrorEquals);
    expect(names.length).toBeGreaterThan(0);
    expect(names).not.toContain("States.ALL");
    expect(names).not.toContain("States.TaskFailed");
  });

  it("catches everything that is left, last and alone", () => {
    const catchers = task.Catch ?? [];
    expect(catchers.at(-1)?.ErrorEquals).toEqual(["States.ALL"]);
    expect(catchers.slice(0, -1).flatMap(({ ErrorEquals }) => ErrorEquals)).not.toContain("States.ALL");
  });
});

describe("errors named in the definition", () => {
  const names = new Set([
    ...tasks.flatMap(([, { Retry = [], Catch = [] }]) =>
      [...Retry, ...Catch].flatMap(({ ErrorEquals }) => ErrorEquals),
    ),
    ...[...text.matchAll(/"Error": "([^"]+)"/g)].map(([, name = ""]) => name),
  ]);

  it("exist in the code, as far as they are ours", () => {
    const ours = new Set(
      globSync("core/errors/*.ts").flatMap((file) =>
        [...readFileSync(file, "utf8").matchAll(/"(Tuner\.\w+)" as const/g)].map(([, name]) => name),
      ),
    );
    expect([...names].filter((name) => name.startsWith("Tuner.") && !ours.has(name))).toEqual([]);
  });

  it("belong to a service that is called, as far as they are not", () => {
    const known = /^(Tuner|Lambda|DynamoDB|S3|EventBridge)\.\w+$|^States\.(ALL|Timeout)$/;
    expect([...names].filter((name) => !known.test(name))).toEqual([]);
  });

  it("count a throttled table of locks among what passes, which DynamoDB has no exception of its own for", () => {
    const tasksOfLocks = tasks.filter(([, { Resource }]) => Resource?.startsWith("arn:aws:states:::dynamodb:"));
    expect(tasksOfLocks).toHaveLength(4);
    for (const [, { Retry = [] }] of tasksOfLocks) {
      expect(Retry.flatMap(({ ErrorEquals }) => ErrorEquals)).toContain("DynamoDB.AmazonDynamoDBException");
    }
  });

  it("repeat a measurement only when it provably did not run", () => {
    expect(stateNamed("MeasureSize").Retry?.flatMap(({ ErrorEquals }) => ErrorEquals)).toEqual([
      "Lambda.TooManyRequestsException",
    ]);
  });
});

describe("any failure", () => {
  const catchTargets = (name: string): string[] => (stateNamed(name).Catch ?? []).map(({ Next }) => Next);

  it.each(["Provision", "Measure", "Analyze", "Recommend"])("of %s is cleaned up after, and fails", (name) => {
    for (const target of catchTargets(name)) {
      const after = reachable(target);
      expect(after).toContain("CleanUpAfterFailure");
      expect(reachable(target, ["CleanUpAfterFailure"])).toEqual(new Set(["CleanUpAfterFailure"]));
      expect([...after].filter((state) => ["Succeed", "Pass"].includes(stateNamed(state).Type))).toEqual([]);
      expect(after).toContain("Failed");
    }
  });

  it("before the lock is held touches nothing", () => {
    expect(catchTargets("Plan")).toEqual(["Refused"]);
    expect(stateNamed("Refused").Type).toBe("Fail");
    expect(reachable("ReadLock", ["AcquireLock"])).not.toContain("CleanUpAfterFailure");
  });

  it.each([
    ["CleanUp", "Observe"],
    ["Observe", "Recommend"],
    ["Apply", "StoreReport"],
    ["StoreReport", "Announce"],
    ["Announce", "ReleaseLock"],
  ])("of %s still brings the run to %s: the report is not lost", (name, next) => {
    for (const target of catchTargets(name)) expect(reachable(target)).toContain(next);
  });

  it("within a Map iteration stays there: a size that fails is a finding", () => {
    const inner = stateNamed("Measure").ItemProcessor;
    const names = Object.keys(inner?.States ?? {});
    const escaping = Object.values(inner?.States ?? {})
      .flatMap(successors)
      .filter((next) => !names.includes(next));
    expect(escaping).toEqual([]);
  });

  it("keeps the lock while something of the run is left: the clean-up after it works from that", () => {
    expect(successors(stateNamed("RestoredAfterFailure?"))).toEqual(["ReleaseLockAfterFailure", "Failed"]);
    expect(stateNamed("CleanUpAfterFailure").Catch?.map(({ Next }) => Next)).toEqual(["Failed"]);
  });
});
