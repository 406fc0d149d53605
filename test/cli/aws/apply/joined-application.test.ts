import { expect, it } from "vitest";
import { joinedApplication } from "../../../../cli/aws/apply/joined-application.ts";

const earlier = { memorySizeMb: 256, version: "2", alias: "live", undo: { memorySizeMb: 1024, aliasVersion: "1" } };

it("what changed nothing forgets nothing", () => {
  expect(joinedApplication(earlier, { version: "2", alias: "live", undo: {} })).toEqual(earlier);
});

it("what changes again is undone to what was before that", () => {
  const applied = { memorySizeMb: 256, version: "4", alias: "live", undo: { memorySizeMb: 512, aliasVersion: "3" } };
  expect(joinedApplication(earlier, applied)).toEqual(applied);
});

it("an alias stays as it was applied when a later application names none", () => {
  const later = { timeoutSeconds: 5, undo: { timeoutSeconds: 60 } };
  expect(joinedApplication(earlier, later)).toEqual({
    ...earlier,
    timeoutSeconds: 5,
    undo: { ...earlier.undo, timeoutSeconds: 60 },
  });
});

it("another alias does not go back to where the first one pointed", () => {
  const joined = joinedApplication(earlier, { version: "2", alias: "beta", undo: {} });
  expect(joined).toEqual({ memorySizeMb: 256, version: "2", alias: "beta", undo: { memorySizeMb: 1024 } });
});
