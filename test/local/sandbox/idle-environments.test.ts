import { expect, it } from "vitest";
import { IdleEnvironments } from "../../../local/sandbox/idle-environments.ts";
import { invocation } from "./support/sandboxed.ts";

const owner = {};
const other = {};
const environment = (name: string, heldMb = 100) => ({ name, heldMb });
const v1 = invocation({}, { version: "1" });
const v2 = invocation({}, { version: "2" });

it("gives back the environment that was used last", () => {
  const idle = new IdleEnvironments(1000);
  idle.put(owner, v1, environment("older"));
  idle.put(owner, v1, environment("newer"));
  expect(idle.take(owner, v1)).toMatchObject({ name: "newer" });
  expect(idle.take(owner, v1)).toMatchObject({ name: "older" });
  expect(idle.take(owner, v1)).toBeUndefined();
});

it.each([
  ["another runner", other, v1],
  ["another version", owner, v2],
  ["other memory", owner, { ...v1, memorySizeMb: 128 }],
  ["another log format", owner, { ...v1, logFormat: "JSON" as const }],
  ["other variables", owner, { ...v1, environment: { A: "1" } }],
])("does not give an environment to %s", (_, asking, asked) => {
  const idle = new IdleEnvironments(1000);
  idle.put(owner, v1, environment("kept"));
  expect(idle.take(asking, asked)).toBeUndefined();
});

it("takes all of a runner, or those of a version", () => {
  const idle = new IdleEnvironments(1000);
  idle.put(owner, v1, environment("first"));
  idle.put(owner, v2, environment("second"));
  idle.put(other, v1, environment("other"));
  expect(idle.takeAll(owner, "2")).toMatchObject([{ name: "second" }]);
  expect(idle.takeAll(owner)).toMatchObject([{ name: "first" }]);
  expect(idle.take(other, v1)).toMatchObject({ name: "other" });
});

it("makes room by those used longest ago, and keeps the newest however large it is", () => {
  const idle = new IdleEnvironments(250);
  expect(idle.put(owner, v1, environment("a"))).toEqual([]);
  expect(idle.put(owner, v1, environment("b"))).toEqual([]);
  expect(idle.put(owner, v1, environment("c"))).toMatchObject([{ name: "a" }]);
  expect(idle.put(owner, v1, environment("d", 9999))).toMatchObject([{ name: "b" }, { name: "c" }]);
  expect(idle.take(owner, v1)).toMatchObject({ name: "d" });
});
