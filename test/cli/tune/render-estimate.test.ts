import { describe, expect, it } from "vitest";
import { estimateRun } from "../../../cli/tune/estimate-run.ts";
import { renderEstimate } from "../../../cli/tune/render-estimate.ts";
import { plain } from "../../../core/report/render-grid.ts";
import { parseRequest } from "../../../core/request/parse-request.ts";

const local = { memorySizeMb: 1024, timeoutSeconds: 30, region: "us-east-1", environment: {} };
const sizesLine = (asked: object): string | undefined => {
  const { request } = parseRequest({ functionArn: "f", ...asked });
  const text = renderEstimate(estimateRun("f", request, local, undefined), {
    width: 200,
    paint: plain,
  });
  return text.split("\n").find((line) => line.startsWith("Sizes"));
};

describe("the sizes of an estimate", () => {
  it("are those of the first round, from which later ones choose more", () => {
    expect(sizesLine({})).toMatch(/1769 MB first; later rounds choose more from what these show$/);
  });

  it("are no others than those asked for, which later rounds measure again", () => {
    expect(sizesLine({ memory: { sizesMb: [128, 256] } })).toMatch(
      / 128 and 256 MB; later rounds measure these again,/,
    );
  });

  it("are chosen from those asked for where they are too many for the first round", () => {
    const memory = { minMb: 128, maxMb: 3072, stepMb: 128 };
    expect(sizesLine({ memory })).toMatch(
      / MB first; later rounds choose more of those asked for from what these show$/,
    );
  });

  it.each([{ memory: { sizesMb: [512] } }, { memory: { sizesMb: [512] }, sampling: { method: "fixed" } }])(
    "are all where no round follows: %o",
    (asked) => {
      expect(sizesLine(asked)).toMatch(/^Sizes +512 MB$/);
    },
  );
});
