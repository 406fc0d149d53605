import { expect, it } from "vitest";
import { stackNameOf } from "../../../../cli/aws/deploy/assembly.ts";

it("names that differ in an underscore are two stacks", () => {
  const names = ["a_b_c", "a-b_c", "a_b-c", "a-b-c"].map(stackNameOf);
  expect(new Set(names).size).toBe(4);
  for (const name of names) expect(name).toMatch(/^LambdaTuner-a-b-c(-[0-9a-f]{4})?$/);
});

it.each([
  ["default", "LambdaTuner"],
  ["team-a", "LambdaTuner-team-a"],
])("the installation %s is the stack %s", (installation, stack) => {
  expect(stackNameOf(installation)).toBe(stack);
});
