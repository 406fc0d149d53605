import { expect, it } from "vitest";
import { allStates, readDefinition } from "../../../local/host/definition.ts";

it("needs a value for every placeholder", () => {
  expect(() => readDefinition({})).toThrow(/placeholder \w+ has no value/);
});

it("finds the states within a Map", () => {
  const inner = { StartAt: "Inner", States: { Inner: { Type: "Pass" } } };
  const states = allStates({ StartAt: "Outer", States: { Outer: { Type: "Map", ItemProcessor: inner } } });
  expect([...states.keys()]).toEqual(["Outer", "Inner"]);
});

it("refuses two states of one name: the interpreter knows tasks by their names alone", () => {
  const inner = { StartAt: "Same", States: { Same: { Type: "Pass" } } };
  expect(() => allStates({ StartAt: "Same", States: { Same: { Type: "Map", ItemProcessor: inner } } })).toThrow(
    /called Same/,
  );
});
