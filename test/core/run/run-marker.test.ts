import { expect, it } from "vitest";
import { latestDescription, latestMarker, versionDescription, versionMarker } from "../../../core/run/run-marker.ts";

const longestRunId = "r".repeat(80);

it("finds a run's own marks again", () => {
  expect(latestMarker(latestDescription("run-1", 512, 2))).toEqual({ runId: "run-1", memorySizeMb: 512 });
  expect(versionMarker(versionDescription("run-1", 512, 2))).toEqual({ runId: "run-1", memorySizeMb: 512 });
});

it("does not take a version that somebody else published from a marked $LATEST for the run's own", () => {
  expect(versionMarker(latestDescription("run-1", 512, 1))).toBeUndefined();
  expect(latestMarker(versionDescription("run-1", 512, 1))).toBeUndefined();
});

it.each(["", "makes thumbnails", "lambda-tuner run", "tuned by lambda-tuner run x: measured at 512 MB, version 1"])(
  "does not take %j for a mark",
  (description) => {
    expect(versionMarker(description)).toBeUndefined();
    expect(latestMarker(description)).toBeUndefined();
  },
);

it("fits Lambda's 256 characters with the longest name of an execution", () => {
  expect(versionDescription(longestRunId, 10_240, 1000).length).toBeLessThanOrEqual(256);
  expect(latestDescription(longestRunId, 10_240, 1000).length).toBeLessThanOrEqual(256);
});

it("differs from version to version of one size: Lambda publishes nothing unchanged", () => {
  expect(latestDescription("run-1", 512, 1)).not.toBe(latestDescription("run-1", 512, 2));
});
