import { describe, expect, it } from "vitest";
import { formatDuration, formatWait } from "../../../core/report/format-duration.ts";
import { formatMemories } from "../../../core/report/format-memory.ts";
import { columnDecimals, formatCount, formatNumber } from "../../../core/report/format-number.ts";
import { formatChange, formatOdds, formatPercent, formatShare } from "../../../core/report/format-percent.ts";
import { printable, shortened, wrapped } from "../../../core/report/format-text.ts";
import { formatUsd } from "../../../core/report/format-usd.ts";

describe("numbers", () => {
  it.each([
    [0, 0, "0"],
    [1234567.891, 2, "1,234,567.89"],
    [-1234, 0, "-1,234"],
    [-0.001, 1, "0.0"],
    [999.95, 0, "1,000"],
  ])("%d with %d decimals reads %s", (value, decimals, text) => {
    expect(formatNumber(value, decimals)).toBe(text);
  });

  it("gives a column the decimals of its smallest value", () => {
    expect([
      columnDecimals([1620, 402]),
      columnDecimals([1620, 42.1]),
      columnDecimals([1.2, 0]),
      columnDecimals([]),
    ]).toEqual([0, 1, 2, 0]);
  });

  it("counts in the plural except for one", () => {
    expect([formatCount(0, "size"), formatCount(1, "size"), formatCount(2, "entry", "entries")]).toEqual([
      "0 sizes",
      "1 size",
      "2 entries",
    ]);
  });
});

describe("quantities", () => {
  it.each([
    [0, "0 ms"],
    [0.417, "0.42 ms"],
    [9.996, "10.0 ms"],
    [999.4, "999 ms"],
    [999.6, "1.00 s"],
    [61_000, "61.0 s"],
  ])("%d ms reads %s", (ms, text) => {
    expect(formatDuration(ms)).toBe(text);
  });

  it.each([
    [0.2, "under 1 s"],
    [59.6, "1 min"],
    [61, "1 min 1 s"],
    [3600, "60 min"],
  ])("a wait of %d s reads %s", (seconds, text) => {
    expect(formatWait(seconds)).toBe(text);
  });

  it.each([
    [0, "$0"],
    [6.0312, "$6.03"],
    [1234.5, "$1,234.50"],
    [0.34, "$0.34"],
    [0.0034, "$0.0034"],
    [0.0021347, "$0.00213"],
    [-0.5, "-$0.50"],
    [0.9996, "$1.00"],
    [3.13e-8, "$0.0000000313"],
  ])("%d USD reads %s", (usd, text) => {
    expect(formatUsd(usd)).toBe(text);
  });

  it.each([
    [34.4, "34%"],
    [9.96, "10%"],
    [2.13, "2.1%"],
    [0.004, "0.004%"],
    [9e-13, "under 0.0001%"],
    [0, "0%"],
    [-12.6, "-13%"],
  ])("%d percent reads %s", (percent, text) => {
    expect(formatPercent(percent)).toBe(text);
  });

  it("never rounds a confidence to certainty, nor a small risk to none", () => {
    expect([formatShare(0.999), formatShare(0.9999), formatOdds(0.00004), formatOdds(1e-9), formatOdds(0)]).toEqual([
      "99.9%",
      "99.99%",
      "1 in 25,000",
      "under 1 in a million",
      "none",
    ]);
  });

  it("signs changes, and calls one that rounds to nothing none", () => {
    expect([formatChange(3.26), formatChange(-12.4), formatChange(0.01)]).toEqual(["+3.3%", "-12%", "0%"]);
  });

  it("lists sizes as a phrase", () => {
    expect([formatMemories([]), formatMemories([512]), formatMemories([512, 640, 768])]).toEqual([
      "",
      "512 MB",
      "512, 640 and 768 MB",
    ]);
  });
});

describe("text of the user's", () => {
  it("cannot move the cursor or turn the reading direction", () => {
    expect(printable("a\r\n\tb\u001b[2J\u202ec")).toBe("a b\\u001b[2J\\u202ec");
  });

  it("is cut with an ellipsis", () => {
    expect([shortened("abcdef", 6), shortened("abcdef", 4)]).toEqual(["abcdef", "abc…"]);
  });

  it("is broken at spaces, and within a word only where it must be", () => {
    expect(wrapped("aa bb cccccccc d", 5)).toEqual(["aa bb", "ccccc", "ccc d"]);
  });
});
